import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes, type BotAnswer } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { conflict, notFound } from '#libs/platform/telemetry/index.js';

const TOPIC = 'bots.answer';

/**
 * Turns that a bot in another process was asked for, and answers that it brings by itself. The answer may reach any node; the
 * one that waits hears of it, and finds it again after a crash.
 */
@Injectable()
export class AwaitedAnswers implements OnModuleInit {
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.announcements.on(TOPIC, (turns) => (turns as string[]).forEach((turn) => this.wake(turn)));
    this.announcements.onGap(() => [...this.waiting.keys()].forEach((turn) => this.wake(turn)));
    this.jobs.at('17 * * * *', 'bots.forgetAnswers', async () => {
      await this.database.query(`delete from bot_awaited where deadline < now() - interval '1 hour'`);
    });
  }

  /** From now on an answer to this turn is taken. @returns the one that is there already, from before a crash */
  async open(turnId: string, botId: string, deadline: string): Promise<BotAnswer | null> {
    const [row] = await this.database.query<{ answer: BotAnswer | null }[]>(
      `insert into bot_awaited (turn_id, bot_id, deadline) values ($1, $2, $3)
       on conflict (turn_id) do update set deadline = excluded.deadline, over = false returning answer`,
      [turnId, botId, deadline],
    );
    return row!.answer;
  }

  /** @throws when the signal ends first */
  async wait(turnId: string, signal: AbortSignal): Promise<BotAnswer> {
    for (;;) {
      const news = new Promise<void>((resolve) => this.listen(turnId, resolve, signal));
      const [row] = await this.database.query<{ answer: BotAnswer | null }[]>(
        'select answer from bot_awaited where turn_id = $1',
        [turnId],
      );
      if (row?.answer) return row.answer;
      await news;
      if (signal.aborted) throw new Error('it promised to answer later, and did not in time');
    }
  }

  /** Nothing is taken for it any more. */
  async close(turnId: string): Promise<void> {
    await this.database.query('update bot_awaited set over = true where turn_id = $1', [turnId]);
  }

  /** What a bot brings. Again the same is as good as once. */
  async take(turnId: string, botId: string, answer: BotAnswer): Promise<void> {
    const said = JSON.stringify(answer);
    await this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ open: boolean; answered: boolean; same: boolean }>(
        `select not over and deadline > now() as open, answer is not null as answered, coalesce(answer = $3::jsonb, false) as same
         from bot_awaited where turn_id = $1 and bot_id = $2 for update`,
        [turnId, botId, said],
      );
      if (!row) throw notFound('The turn');
      if (row.same) return;
      if (row.answered) throw conflict(errorCodes.conflict, 'Another answer to this turn was taken already.');
      if (!row.open)
        throw conflict(errorCodes.turnOver, 'The turn is over: its deadline has passed, or it was answered.');
      await tx.query('update bot_awaited set answer = $2 where turn_id = $1', [turnId, said]);
      this.announcements.announce(tx, TOPIC, turnId);
    });
  }

  private listen(turnId: string, heard: () => void, signal: AbortSignal): void {
    const those = this.waiting.get(turnId) ?? new Set<() => void>();
    this.waiting.set(turnId, those);
    const once = (): void => {
      those.delete(once);
      if (those.size === 0 && this.waiting.get(turnId) === those) this.waiting.delete(turnId);
      signal.removeEventListener('abort', once);
      heard();
    };
    those.add(once);
    signal.addEventListener('abort', once, { once: true });
    if (signal.aborted) once();
  }

  private wake(turnId: string): void {
    for (const heard of this.waiting.get(turnId) ?? []) heard();
  }
}
