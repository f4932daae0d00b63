import type { CannedScope, CannedShelf } from '#libs/contracts/index.js';
import type { Asker } from '../conversation-access.js';
import type { KnownQueue } from '../contacts/team-queues.js';

/** What of the surroundings decides which shelves somebody reaches. */
export interface Around {
  /** Queues she is a member of. */
  teams: readonly string[];
  queues: readonly KnownQueue[];
  accounts: readonly { id: string; name: string }[];
}

/**
 * The shelves that somebody may take from, her own first. Her accounts' and her queues' to everybody; with `canned.manage`
 * also those of the queues that serve one of her accounts, with `queue.manage` those of every queue.
 */
export function shelvesOf(asker: Asker, { teams, queues, accounts }: Around): CannedShelf[] {
  const manages = asker.permissions.has('canned.manage');
  const reached = queues.filter(
    ({ id, accountIds }) =>
      teams.includes(id) ||
      (manages &&
        (asker.permissions.has('queue.manage') || accountIds.some((account) => asker.accountIds.includes(account)))),
  );
  return [
    { scope: 'personal', ownerId: null, name: null, mayEdit: true },
    ...reached.map(({ id, name }): CannedShelf => ({ scope: 'queue', ownerId: id, name, mayEdit: manages })),
    ...accounts
      .filter(({ id }) => asker.accountIds.includes(id))
      .map(({ id, name }): CannedShelf => ({ scope: 'account', ownerId: id, name, mayEdit: manages })),
  ];
}

export function shelfOf(
  shelves: readonly CannedShelf[],
  scope: CannedScope,
  ownerId: string | null,
): CannedShelf | undefined {
  return shelves.find((shelf) => shelf.scope === scope && (scope === 'personal' || shelf.ownerId === ownerId));
}

/** As the table keys them: one's own shelf is keyed by the agent. */
export function keysOf(shelves: readonly CannedShelf[], agentId: string): { scopes: CannedScope[]; owners: string[] } {
  return {
    scopes: shelves.map(({ scope }) => scope),
    owners: shelves.map(({ ownerId }) => ownerId ?? agentId),
  };
}
