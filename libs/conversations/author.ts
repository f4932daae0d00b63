import type { SignedIn } from '#libs/platform/access/index.js';
import type { Author } from './threads/posting.js';

/** A signed-in person as conversations know her. */
export function authorOf({ agent, accountIds, permissions }: Omit<SignedIn, 'sessionId'>): Author {
  return { agentId: agent.id, name: agent.name, visibility: agent.visibility, accountIds, permissions };
}
