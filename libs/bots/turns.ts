import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { botLimits, type BotTurn, type BotWords } from '#libs/contracts/index.js';
import { BotIntake, ContactFlow, HandsNews, isFormer, ThreadWriter, type Thread } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Asking, type Said } from './asking.js';
import { BotBook, type AskableBot, type Book } from './bot-book.js';
import { BotCircuits } from './bot-circuits.js';
import { HandOffs } from './hand-offs.js';
import { asksForPerson } from './person-words.js';
import { languageOf } from './thread-words.js';
import { saidKey, TurnEnds } from './turn-ends.js';
import { TurnReader } from './turn-reader.js';
import { answeredUpTo, beginTurn, lastTurn, type TurnRow } from './turn-rows.js';

export const TURN = 'bots.turn';
const LATE = 'bots.late';
/** After its deadline a turn that nobody ended is taken for one whose process died. */
const GRACE_MS = 1_000;

/** A turn that stands in the database; the bot is asked after the commit. */
interface Begun {
  row: TurnRow;
  bot: AskableBot;
  said: BotWords[];
}

/**
 * Who answers what, turn by turn. A job begins the turn in a short transaction and lets go: however long a bot thinks, it
 * holds no connection, no lock and no worker. What it answers is written in a second transaction, under the thread's lock,
 * and only if the contact is still in the hands it was in. Behind every turn waits a job that hands over to people what no
 * process has ended by its deadline.
 */
@Injectable()
export class Turns implements OnModuleInit, BeforeApplicationShutdown {
  private readonly running = new Map<string, { conversationId: string; stop: AbortController; done: Promise<void> }>();
  private closing = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly intake: BotIntake,
    private readonly hands: HandsNews,
    private readonly jobs: Jobs,
    private readonly book: BotBook,
    private readonly circuits: BotCircuits,
    private readonly handOffs: HandOffs,
    private readonly reader: TurnReader,
    private readonly asking: Asking,
    private readonly ends: TurnEnds,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.watch('madoguchi_bot_turns_running', 'Turns that a bot thinks about now', () => this.running.size);
  }

  onModuleInit(): void {
    this.jobs.handle<{ conversationId: string }>(TURN, ({ conversationId }) => this.begin(conversationId));
    this.jobs.handle<{ turnId: string; conversationId: string }>(LATE, (late) => this.overdue(late));
    this.intake.register((tx, ids) => this.order(tx, ids));
    this.hands.onChanged((ids) => {
      if (this.running.size === 0) return;
      this.callOff(ids).catch((fault: unknown) => this.log.debug({ err: fault }, 'bots think on in vain'));
    });
  }

  /** Begun ones are given back: another node asks anew. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const { stop } of this.running.values()) stop.abort();
    await Promise.allSettled([...this.running.values()].map(({ done }) => done));
  }

  /** These conversations have words for a bot. One job each, however many words. */
  async order(tx: Tx, conversationIds: readonly string[]): Promise<void> {
    await this.jobs.addEach(
      tx,
      TURN,
      conversationIds.map((conversationId) => ({ payload: { conversationId }, key: `bot:${conversationId}` })),
    );
  }

  private async begin(conversationId: string): Promise<void> {
    const book = await this.book.current();
    await this.handOffs.prepare();
    const begun = await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      const before = standing(thread);
      const next = await this.next(tx, thread, book, null);
      if (standing(thread) !== before) await this.threads.save(tx, [thread]);
      return next;
    });
    if (begun) this.ask(begun);
  }

  /**
   * What is to be answered next, under the thread's lock: begins the turn, or leaves the contact to people where no bot is
   * to be asked.
   * @param behind the words behind this place; null: behind the last turn
   */
  private async next(tx: Tx, thread: Thread, book: Book, behind: number | null): Promise<Begun | null> {
    if (thread.contact_state !== 'bot' || thread.contact_id === null || thread.bot_id === null) return null;
    if (thread.blocked || isFormer(thread.address)) {
      await this.flow.end(tx, thread, null, 'blocked', 'contact.blocked');
      return null;
    }
    const last = await lastTurn(tx, thread.contact_id);
    // Its end looks for what was said meanwhile.
    if (last && last.outcome === null) return null;
    const said = await this.reader.said(tx, thread, behind ?? last?.to_seq ?? (await answeredUpTo(tx, thread.id)));
    if (said.length === 0) return null;
    const place = { number: (last?.number ?? 0) + 1, fromSeq: said[0]!.seq, toSeq: said.at(-1)!.seq };
    const turn = { ...place, saidKey: saidKey(said), limitMs: botLimits.hardMs };
    const instead = async (
      outcome: 'words' | 'loop' | 'resting',
      reason: 'words' | 'loop' | 'failed',
    ): Promise<null> => {
      const row = await beginTurn(tx, thread, { ...turn, outcome });
      await this.handOffs.handOff(tx, thread, book, { reason }, languageOf(said));
      tx.afterCommit(() => this.ends.count(book.bot(row.bot_id)?.key ?? row.bot_id, outcome, null));
      return null;
    };
    if (asksForPerson(said, book.desk(thread.account_id).words)) return instead('words', 'words');
    if (turn.number > botLimits.turns) return instead('loop', 'loop');
    const bot = book.askable(thread.bot_id) ?? book.behind(thread.account_id, thread.bot_id);
    if (bot === null || this.circuits.restsUntil(bot.id) !== null) return instead('resting', 'failed');
    if (bot.id !== thread.bot_id) await this.flow.passToBot(tx, thread, bot);
    const row = await beginTurn(tx, thread, { ...turn, outcome: null });
    await this.jobs.add(
      tx,
      LATE,
      { turnId: row.id, conversationId: thread.id },
      { key: `bot-late:${thread.id}`, runAt: new Date(row.deadline.getTime() + GRACE_MS) },
    );
    return { row, bot, said };
  }

  /** Not awaited by the job: whatever becomes of it is written by `end`, or by the job behind the deadline. */
  private ask(begun: Begun): void {
    const { row } = begun;
    const stop = new AbortController();
    const done = this.think(begun, stop.signal)
      .catch((fault: unknown) =>
        this.log.error({ err: fault, turnId: row.id }, 'a turn of a bot could not be ended; people take over'),
      )
      .finally(() => this.running.delete(row.id));
    this.running.set(row.id, { conversationId: row.conversation_id, stop, done });
    if (this.closing) stop.abort();
  }

  private async think({ row, bot, said }: Begun, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const rest = await this.reader.rest(row.conversation_id, bot.id, row.contact_id, said);
    const turn: BotTurn = {
      id: row.id,
      bot: { id: bot.id, name: bot.name },
      conversationId: row.conversation_id,
      contactId: row.contact_id,
      ownership: row.ownership,
      number: row.number,
      said,
      deadline: row.deadline.toISOString(),
      ...rest,
    };
    const answered = await this.asking.ask(bot, turn, botLimits.hardMs - (performance.now() - began), signal);
    const tookMs = performance.now() - began;
    if (answered.kind === 'calledOff' && this.closing) return this.giveBack(row);
    if (answered.kind === 'answer') this.circuits.answered(bot.id);
    else if (answered.kind !== 'calledOff') this.circuits.failed(bot.id);
    await this.end(row, turn, bot, answered, tookMs);
  }

  private async end(row: TurnRow, turn: BotTurn, bot: AskableBot, answered: Said, tookMs: number): Promise<void> {
    const book = await this.book.current();
    await this.handOffs.prepare();
    const next = await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, row.conversation_id);
      const before = standing(thread);
      const ended = await this.ends.end(tx, thread, book, { row, turn, bot, answered, tookMs });
      // The next bot is asked the same; what came meanwhile is the next turn.
      const behind = ended === 'passed' ? row.from_seq - 1 : null;
      const begun = ended === null ? null : await this.next(tx, thread, book, behind);
      if (standing(thread) !== before) await this.threads.save(tx, [thread]);
      return begun;
    });
    if (next) this.ask(next);
  }

  /** Nobody ended it in time: the process that asked the bot is gone, or could not reach the database. */
  private async overdue({ turnId, conversationId }: { turnId: string; conversationId: string }): Promise<void> {
    // Nearly every turn has ended long ago: nobody's row is locked for those.
    const [open] = await this.dataSource.query<object[]>('select from bot_turns where id = $1 and outcome is null', [
      turnId,
    ]);
    if (!open) return;
    const book = await this.book.current();
    await this.handOffs.prepare();
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (await this.ends.abandon(tx, thread, book, turnId)) await this.threads.save(tx, [thread]);
    });
  }

  private async giveBack({ id, conversation_id: conversationId }: TurnRow): Promise<void> {
    await this.transactions.run(async (tx) => {
      await tx.query('delete from bot_turns where id = $1 and outcome is null', [id]);
      await this.order(tx, [conversationId]);
    });
  }

  /** A person has it now, or it is over: the bot need not go on. */
  private async callOff(conversationIds: readonly string[]): Promise<void> {
    const moved = new Set(conversationIds);
    const asked = [...this.running].filter(([, { conversationId }]) => moved.has(conversationId)).map(([id]) => id);
    if (asked.length === 0) return;
    // The news may be older than the turn.
    const gone = await this.dataSource.query<{ id: string }[]>(
      `select t.id from bot_turns t join contacts c on c.id = t.contact_id
       where t.id = any($1::bigint[]) and (c.state <> 'bot' or c.ownership <> t.ownership)`,
      [asked],
    );
    for (const { id } of gone) this.running.get(id)?.stop.abort();
  }
}

/** What of a thread makes a turn change it. */
function standing({ contact_id, contact_state, bot_id, waiting_since, last_change }: Thread): string {
  return JSON.stringify([contact_id, contact_state, bot_id, waiting_since, last_change]);
}
