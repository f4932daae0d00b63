import { Injectable } from '@nestjs/common';
import type { InboundAlias } from '#libs/carrier/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { addressKey } from './address-key.js';
import { ThreadWriter } from '../threads/thread-writer.js';

/** A customer who hid the number has shown it. */
@Injectable()
export class Aliases {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly log: Log,
  ) {}

  /**
   * The person keeps the thread and gets the number. When the number is known already as another person, both stay as
   * they are: joining two histories is a person's decision, not a webhook's.
   */
  async learn({ connectionId, phone, chatId }: InboundAlias): Promise<void> {
    const hidden = addressKey(connectionId, { kind: 'chat', chatId });
    await this.transactions.run(async (tx) => {
      const learnt = await tx.query<{ id: string }>(
        `update customers c set address = $2, phone = $2 where c.address = $1
           and not exists (select from customers other where other.address = $2) returning c.id`,
        [hidden, phone],
      );
      const customer = learnt[0];
      if (!customer) {
        this.log.info({ part: 'aliases' }, 'a shown number belongs to another known customer, or the word is unknown');
        return;
      }
      const conversations = await tx.query<{ id: string }>('select id from conversations where customer_id = $1', [
        customer.id,
      ]);
      const ids = conversations.map(({ id }) => id);
      await this.threads.save(tx, await this.threads.lockMany(tx, ids));
    });
  }
}
