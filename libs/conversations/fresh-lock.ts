import type { Tx } from '#libs/platform/database/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import type { Thread } from './thread-row.js';
import type { ThreadWriter } from './thread-writer.js';

/**
 * Locks first and reads afterwards. One statement that does both re-reads the locked row only: its contact and its names
 * would be those of before the wait.
 */
export async function lockFresh(tx: Tx, threads: ThreadWriter, conversationId: string): Promise<Thread> {
  const [thread] = await lockManyFresh(tx, threads, [conversationId]);
  if (!thread) throw notFound('The conversation');
  return thread;
}

/** @param busy `skip` leaves out those that somebody else is holding now */
export async function lockManyFresh(
  tx: Tx,
  threads: ThreadWriter,
  conversationIds: readonly string[],
  busy: 'wait' | 'skip' = 'wait',
): Promise<Thread[]> {
  const locked = await tx.query<{ id: string }>(
    `select id from conversations where id = any($1::bigint[]) order by account_id, customer_id
     for update ${busy === 'skip' ? 'skip locked' : ''}`,
    [conversationIds],
  );
  return locked.length === 0
    ? []
    : threads.lockMany(
        tx,
        locked.map(({ id }) => id),
      );
}
