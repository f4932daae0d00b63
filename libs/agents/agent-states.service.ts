import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { derivedState } from '#libs/contracts/index.js';
import type { AgentLoad, AgentStateView } from '#libs/contracts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { AgentRuntime } from './agent-runtime.service.js';
import type { AgentStanding } from './agent-standing.js';

type Looker = Pick<SignedIn, 'agent' | 'accountIds' | 'permissions'>;

/** How agents are, for screens. */
@Injectable()
export class AgentStates {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: AgentRuntime,
  ) {}

  /** What they hold is read after how they are: of two views the one with the higher version is the newer in both. */
  async of(agentIds: readonly string[]): Promise<AgentStateView[]> {
    if (agentIds.length === 0) return [];
    const standings = await this.runtime.standings(agentIds);
    const loads = await this.runtime.loadOf(agentIds);
    return [...standings.values()].map((standing) =>
      toAgentStateView(standing, loads && (loads.get(standing.agentId) ?? { used: 0, wrapUp: 0 })),
    );
  }

  async ofOne(agentId: string): Promise<AgentStateView> {
    const [view] = await this.of([agentId]);
    if (view === undefined) throw notFound('The agent');
    return view;
  }

  /** Herself and her active colleagues. */
  async visibleTo(person: Looker): Promise<AgentStateView[]> {
    return await this.of(await this.idsFor(person, null));
  }

  /** 404 for whoever is not there, left, or is no colleague of hers. */
  async expectVisible(person: Looker, agentId: string): Promise<void> {
    if ((await this.idsFor(person, agentId)).length === 0) throw notFound('The agent');
  }

  private async idsFor(person: Looker, only: string | null): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `select a.id from agents a
       where a.active and ($4::bigint is null or a.id = $4) and (a.id = $1 or a.visibility = 'all' or $3 or exists (
         select from agent_accounts works where works.agent_id = a.id and works.account_id = any($2::bigint[])))
       order by a.id`,
      [person.agent.id, person.accountIds, seesEverybody(person), only],
    );
    return rows.map(({ id }) => id);
  }
}

/** Whoever works for all accounts, or manages people. */
export function seesEverybody({ agent, permissions }: Pick<Looker, 'agent' | 'permissions'>): boolean {
  return agent.visibility === 'all' || permissions.has('agent.manage');
}

export function toAgentStateView(standing: AgentStanding, load: AgentLoad | null): AgentStateView {
  const { agentId, name, connection, routing, reason, notResponding, capacity, version } = standing;
  const layers = { connection, routing, reason, notResponding };
  return {
    agentId,
    name,
    ...layers,
    state: derivedState(layers, capacity, load),
    since: standing.since.toISOString(),
    graceUntil: standing.graceUntil?.toISOString() ?? null,
    capacity,
    used: load?.used ?? null,
    version,
  };
}
