import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Delivery } from '../delivery/delivery.js';
import { ThreadWriter } from './thread-writer.js';
import type { Thread } from './thread-row.js';

/**
 * What the house says to customers by itself. It goes the way of every message, but nobody has answered: whoever waits goes
 * on waiting, and no clock of a reply stops.
 */
@Injectable()
export class SystemMessages {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly delivery: Delivery,
  ) {}

  /** @param key the same key again sends nothing; `still` is asked under the lock whether it is to be said at all */
  async send(conversationId: string, key: string, text: string, still: (thread: Thread) => boolean): Promise<void> {
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (!still(thread) || !(await this.write(tx, thread, key, text))) return;
      await this.threads.save(tx, [thread]);
    });
  }

  /** Into a thread that is held; saving it is left to the caller. */
  async write(tx: Tx, thread: Thread, key: string, text: string): Promise<boolean> {
    const clientId = uuidOf(key);
    const [known] = await tx.query('select from messages where conversation_id = $1 and client_id = $2', [
      thread.id,
      clientId,
    ]);
    if (known) return false;
    await this.threads.append(tx, thread, {
      kind: 'message',
      author: { kind: 'system', id: null, name: null },
      content: { type: 'text', text },
      clientId,
      delivery: 'queued',
    });
    await this.delivery.schedule(tx, thread);
    return true;
  }
}

function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
