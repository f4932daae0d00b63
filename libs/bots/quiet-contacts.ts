import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { botLimits } from '#libs/contracts/index.js';
import { ContactFlow, ThreadWriter } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { Turns } from './turns.js';

const SOME = 200;
const HOUR_MS = 3_600_000;
/** Longer than any turn: words that wait so long have been lost on the way to their turn. */
const OVERLOOKED_MS = 60_000;

/** What nobody's message brings about: a customer who has got her answer says no more, and her contact ends some day. */
@Injectable()
export class QuietContacts implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly turns: Turns,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.at('*/10 * * * *', 'bots.quiet', () => this.end());
    this.jobs.at('* * * * *', 'bots.overlooked', () => this.remember());
  }

  /** Contacts of bots in which nothing was said for so long. */
  async end(): Promise<void> {
    const before = this.clock.now() - botLimits.quietHours * HOUR_MS;
    for (;;) {
      const found = await this.dataSource.query<{ id: string }[]>(
        `select conversation_id as id from inbox where open and bot_id is not null and newest_key < $1 limit ${SOME}`,
        [before],
      );
      if (found.length === 0) return;
      const ended = await this.transactions.run(async (tx) => {
        const ids = found.map(({ id }) => id);
        const threads = await this.threads.lockMany(tx, ids, 'skip');
        const quiet = threads.filter(
          (thread) => thread.contact_state === 'bot' && thread.last_activity_at.getTime() < before,
        );
        for (const thread of quiet) await this.flow.end(tx, thread, null, 'inactivity', 'contact.botEnded');
        await this.threads.save(tx, quiet);
        return quiet.length;
      });
      if (ended < SOME) return;
    }
  }

  /** Customers who wait for a bot that nobody asked: the turn is ordered once more. */
  private async remember(): Promise<void> {
    const found = await this.dataSource.query<{ id: string }[]>(
      `select i.conversation_id as id from inbox i join conversations c on c.id = i.conversation_id
       where i.open and i.bot_id is not null and i.waiting_key < $1
         and not exists (select from bot_turns t where t.contact_id = c.contact_id and t.outcome is null)
       limit ${SOME}`,
      [this.clock.now() - OVERLOOKED_MS],
    );
    if (found.length === 0) return;
    this.log.warn({ conversations: found.length }, 'words for a bot had been overlooked');
    await this.transactions.run((tx) =>
      this.turns.order(
        tx,
        found.map(({ id }) => id),
      ),
    );
  }
}
