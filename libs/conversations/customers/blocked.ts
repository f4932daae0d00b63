import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { ContactFlow } from '../contacts/contact-flow.js';
import { CustomerWords } from './customer-words.js';
import { ThreadWriter } from '../threads/thread-writer.js';

const SOME = 100;
const TOPIC = 'customers.blocked';
/** The inbox asks nothing while nobody is blocked: who is blocked first is announced, and looked for so often at least. */
const REMEMBERED_MS = 10_000;

/**
 * A blocked customer's message is stored like any other, and the contact that began with it is ended at once: routing passes
 * it over, so nobody is asked. Done after the inbox has committed, for contacts that have just begun only; what a node that
 * died has left behind is ended by the clock.
 */
@Injectable()
export class Blocked implements OnModuleInit {
  private readonly anybody = new ShortMemory<{ blocked: boolean }>(REMEMBERED_MS, 1);

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly words: CustomerWords,
    private readonly threads: ThreadWriter,
    private readonly contacts: ContactFlow,
    private readonly announcements: Announcements,
    private readonly jobs: Jobs,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.words.onHeard((words) => {
      const opened = words.filter((word) => word.opened).map(({ conversationId }) => conversationId);
      if (opened.length === 0) return;
      this.endAmong(opened).catch((fault: unknown) =>
        this.log.warn({ err: fault }, 'contacts of blocked customers wait'),
      );
    });
    this.announcements.on(TOPIC, () => this.anybody.clear());
    this.jobs.at('*/5 * * * *', 'conversations.blocked', () => this.end(null));
  }

  /** Inside the transaction that blocks somebody. */
  changed(tx: Tx): void {
    this.announcements.announce(tx, TOPIC, 1);
  }

  private async endAmong(opened: readonly string[]): Promise<void> {
    const { blocked } = await this.anybody.get('', async () => {
      const [row] = await this.dataSource.query<{ blocked: boolean }[]>(
        'select exists (select from customers where blocked_at is not null) as blocked',
      );
      return row!;
    });
    if (blocked) await this.end(opened);
  }

  /** @param among only these conversations; null: wherever one is left */
  private async end(among: readonly string[] | null): Promise<void> {
    const found = await this.dataSource.query<{ id: string }[]>(
      // From the few who are blocked, by their own index: with nobody blocked it is one look into an empty one.
      `select c.id from (select id from customers where blocked_at is not null) b join conversations c on c.customer_id = b.id
         join contacts t on t.id = c.contact_id
       where t.state = 'queued' and t.queue_id is null and ($1::bigint[] is null or c.id = any($1)) limit ${SOME}`,
      [among],
    );
    if (found.length === 0) return;
    await this.transactions.run(async (tx) => {
      const threads = await this.threads.lockMany(
        tx,
        found.map(({ id }) => id),
      );
      const waiting = threads.filter((thread) => thread.blocked && thread.contact_state === 'queued');
      for (const thread of waiting) await this.contacts.end(tx, thread, null, 'blocked', 'contact.blocked');
      await this.threads.save(tx, waiting);
    });
  }
}
