import type { AgentSkill, AgentView, SessionView } from '#libs/contracts/index.js';
import type { Account } from '#libs/accounts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import type { Agent } from './agent.entity.js';

/** @param accountIds those the agent was put in, whatever the visibility adds */
export function toAgentView(agent: Agent, accountIds: string[], skills: AgentSkill[]): AgentView {
  const { id, name, email, role, visibility, locale, active, capacity } = agent;
  return { id, name, email, role, visibility, locale, active, accountIds, capacity, skills };
}

export function toSessionView(person: SignedIn, agent: AgentView, accounts: Account[], now: Date): SessionView {
  return {
    agent,
    permissions: [...person.permissions],
    accounts: accounts.map(({ id, name, logoUrl, verified }) => ({ id, name, logoUrl, verified })),
    now: now.toISOString(),
  };
}
