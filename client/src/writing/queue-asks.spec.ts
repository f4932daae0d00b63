import { expect, it } from 'vitest';
import type { ConversationRow } from '#libs/contracts/index.js';
import { queueAsks } from './queue-asks.js';

it('a reply is confirmed where its queue, or without one its account’s queue, wants it', () => {
  const queues = [
    { id: '1', accountIds: ['7'], confirmSend: true },
    { id: '2', accountIds: ['8'], confirmSend: false },
  ];
  const row = (accountId: string, queueId?: string | null) =>
    ({ accountId, contact: queueId === undefined ? null : { queueId } }) as ConversationRow;
  expect(queueAsks(row('8', '1'), queues)).toBe(true);
  expect(queueAsks(row('7', '2'), queues)).toBe(false);
  expect(queueAsks(row('7', null), queues)).toBe(true);
  expect(queueAsks(row('7'), queues)).toBe(true);
  expect(queueAsks(row('9'), queues)).toBe(false);
});
