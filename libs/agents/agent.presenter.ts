import type { AgentView, SessionView } from '#libs/contracts/index.js';
import type { Account } from '#libs/accounts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import type { Agent } from './agent.entity.js';

/** @param accountIds those the agent was put in, whatever the visibility adds */
export function toAgentView(agent: Agent, accountIds: string[]): AgentView {
  const { id, name, email, role, visibility, locale, active } = agent;
  return { id, name, email, role, visibility, locale, active, accountIds };
}

export function toSessionView(person: SignedIn, agent: AgentView, accounts: Account[], now: Date): SessionView {
  return {
    agent,
    permissions: [...person.permissions],
    accounts: accounts.map(({ id, name, logoUrl, verified }) => ({ id, name, logoUrl, verified })),
    now: now.toISOString(),
  };
}
