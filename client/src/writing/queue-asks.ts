import type { ConversationRow, QueueSummary } from '#libs/contracts/index.js';

type Asking = Pick<QueueSummary, 'id' | 'accountIds' | 'confirmSend'>;

/** The queue of the open contact says whether a reply is confirmed; where there is none, the one its account leads to. */
export function queueAsks(row: Pick<ConversationRow, 'accountId' | 'contact'>, queues: readonly Asking[]): boolean {
  const own = row.contact?.queueId ?? null;
  const queue = queues.find(({ id, accountIds }) => (own === null ? accountIds.includes(row.accountId) : id === own));
  return queue?.confirmSend ?? false;
}
