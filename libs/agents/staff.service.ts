import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Account } from '#libs/accounts/index.js';
import { capacityLimits, errorCodes } from '#libs/contracts/index.js';
import type { AgentSkill, AgentView, CreateAgentBody, EditAgentBody, Role, Visibility } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { conflict, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { AgentAccount } from './agent-account.entity.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { AgentSkillRow } from './agent-skill.entity.js';
import { Agent } from './agent.entity.js';
import { toAgentView } from './agent.presenter.js';
import { hashPassword } from './passwords.js';
import { Sessions } from './sessions.service.js';
import type { SessionNews } from './sessions.service.js';
import { Skill } from './skill.entity.js';

const usualVisibility: Record<Role, Visibility> = { agent: 'own', supervisor: 'account', admin: 'all' };

/** Who does the editing: nobody may lock themselves out. */
export interface Editor {
  agentId: string;
  sessionId: string;
}

/** Makes and changes agents. */
@Injectable()
export class Staff {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly announcements: Announcements,
    private readonly runtime: AgentRuntime,
  ) {}

  /** Everybody, those who left included. */
  async list(): Promise<AgentView[]> {
    return await this.viewsOf(
      this.database.manager,
      await this.database.getRepository(Agent).find({ order: { id: 'ASC' } }),
    );
  }

  async view(agentId: string): Promise<AgentView> {
    const agent = await this.database.getRepository(Agent).findOneBy({ id: agentId });
    if (agent === null) throw notFound('The agent');
    return await this.viewOf(this.database.manager, agent);
  }

  async create(tx: Tx, body: CreateAgentBody): Promise<AgentView> {
    const passwordHash = await hashPassword(body.password);
    const agent = await tx.manager
      .getRepository(Agent)
      .save({
        name: body.name.trim(),
        email: body.email.trim(),
        passwordHash,
        role: body.role,
        visibility: body.visibility ?? usualVisibility[body.role],
        locale: body.locale ?? 'ja',
        active: true,
        capacity: body.capacity ?? capacityLimits.usual,
        createdAt: new Date(),
      })
      .catch(emailTaken);
    await this.putIn(tx, agent.id, body.accountIds);
    await this.teach(tx, agent.id, body.skills ?? []);
    return await this.viewOf(tx.manager, agent);
  }

  async edit(tx: Tx, agentId: string, body: EditAgentBody, editor: Editor): Promise<AgentView> {
    const agents = tx.manager.getRepository(Agent);
    // Not `for update`: whoever holds her runtime's lock may write a row that points at her.
    // All admins are locked in the order of their ids, so that two of them cannot each remove the other.
    const admins = await agents.find({
      where: { role: 'admin', active: true },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    const agent = await agents.findOne({ where: { id: agentId }, lock: { mode: 'for_no_key_update' } });
    if (agent === null) throw notFound('The agent');
    if (body.active === false && agentId === editor.agentId)
      throw conflict(errorCodes.conflict, 'You cannot make yourself inactive.');
    const leaves = body.active === false || (body.role !== undefined && body.role !== 'admin');
    if (leaves && admins.length === 1 && admins[0]!.id === agentId)
      throw conflict(errorCodes.conflict, 'This is the last active admin.');

    agent.name = body.name?.trim() ?? agent.name;
    agent.role = body.role ?? agent.role;
    agent.visibility = body.visibility ?? agent.visibility;
    agent.locale = body.locale ?? agent.locale;
    agent.active = body.active ?? agent.active;
    // Her lock before what is read under it changes: whoever gives her work re-reads it under the same lock.
    await this.runtime.lockForOffer(tx, agentId);
    agent.capacity = body.capacity ?? agent.capacity;
    if (body.password !== undefined) agent.passwordHash = await hashPassword(body.password);
    await agents.save(agent);
    if (body.accountIds !== undefined) {
      await tx.manager.getRepository(AgentAccount).delete({ agentId });
      await this.putIn(tx, agentId, body.accountIds);
    }
    if (body.skills !== undefined) {
      await tx.manager.getRepository(AgentSkillRow).delete({ agentId });
      await this.teach(tx, agentId, body.skills);
    }
    if (body.capacity !== undefined || body.skills !== undefined) await this.runtime.abilityChanged(tx, [agentId]);
    // Whoever knew the old password is out; an admin who changes her own stays where she is.
    if (!agent.active) await this.sessions.endAllOf(tx, agentId, editor.agentId);
    else if (body.password !== undefined) await this.sessions.endAllOf(tx, agentId, editor.agentId, editor.sessionId);
    this.announcements.announce(tx, 'sessions', { agentId } satisfies SessionNews);

    return await this.viewOf(tx.manager, agent);
  }

  private async viewOf(manager: EntityManager, agent: Agent): Promise<AgentView> {
    return (await this.viewsOf(manager, [agent]))[0]!;
  }

  private async viewsOf(manager: EntityManager, agents: Agent[]): Promise<AgentView[]> {
    const of = { where: { agentId: In(agents.map(({ id }) => id)) } };
    const works = await manager.getRepository(AgentAccount).find({ ...of, order: { accountId: 'ASC' } });
    const skills = await manager.getRepository(AgentSkillRow).find({ ...of, order: { skillId: 'ASC' } });
    const [accountsOf, skillsOf] = [new Map<string, string[]>(), new Map<string, AgentSkill[]>()];
    for (const { agentId, accountId } of works)
      accountsOf.set(agentId, [...(accountsOf.get(agentId) ?? []), accountId]);
    for (const { agentId, skillId, level } of skills)
      skillsOf.set(agentId, [...(skillsOf.get(agentId) ?? []), { skillId, level }]);
    return agents.map((agent) => toAgentView(agent, accountsOf.get(agent.id) ?? [], skillsOf.get(agent.id) ?? []));
  }

  private async putIn(tx: Tx, agentId: string, accountIds: string[]): Promise<void> {
    if (accountIds.length === 0) return;
    const there = await tx.manager.getRepository(Account).findBy({ id: In(accountIds) });
    const missing = accountIds.find((id) => !there.some((account) => account.id === id));
    if (missing !== undefined)
      throw invalid([{ field: 'accountIds', rule: 'exists', message: `There is no account ${missing}.` }]);
    await tx.manager.getRepository(AgentAccount).insert(accountIds.map((accountId) => ({ agentId, accountId })));
  }

  private async teach(tx: Tx, agentId: string, skills: AgentSkill[]): Promise<void> {
    if (skills.length === 0) return;
    const there = await tx.manager.getRepository(Skill).findBy({ id: In(skills.map(({ skillId }) => skillId)) });
    const missing = skills.find(({ skillId }) => !there.some(({ id }) => id === skillId));
    if (missing !== undefined)
      throw invalid([{ field: 'skills', rule: 'exists', message: `There is no skill ${missing.skillId}.` }]);
    await tx.manager
      .getRepository(AgentSkillRow)
      .insert(skills.map(({ skillId, level }) => ({ agentId, skillId, level })));
  }
}

/** The unique index decides; asking first would only hide the race. */
function emailTaken(fault: unknown): never {
  const { driverError } = fault as { driverError?: { code?: string; constraint?: string } };
  if (driverError?.code === '23505' && driverError.constraint === 'agents_email')
    throw conflict(errorCodes.conflict, 'Somebody else signs in with this e-mail.');
  throw fault;
}
