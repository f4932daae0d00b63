import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  fold,
  type BotStep,
  type BotTurn,
  type BotTurnOutcome,
  type BotWords,
  type HandOff,
} from '#libs/contracts/index.js';
import { ContactFlow, Posting, type Thread } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import type { Said } from './asking.js';
import type { AskableBot, Book } from './bot-book.js';
import { HandOffs } from './hand-offs.js';
import { languageOf } from './thread-words.js';
import { TurnReader } from './turn-reader.js';
import { endTurn, holdTurn, type Ending, type TurnRow } from './turn-rows.js';

export interface Answered {
  row: TurnRow;
  turn: BotTurn;
  bot: AskableBot;
  answered: Said;
  tookMs: number;
}

/** `passed`: another bot is to be asked the same. */
type Ended = 'passed' | 'done';

/** What a bot answered becomes what the customer reads: at most once, and never over a person's head. */
@Injectable()
export class TurnEnds {
  private readonly turns;
  private readonly seconds;

  constructor(
    private readonly posting: Posting,
    private readonly flow: ContactFlow,
    private readonly handOffs: HandOffs,
    private readonly reader: TurnReader,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.turns = metrics.counter('madoguchi_bot_turns_total', 'Turns of bots, by how they ended', ['bot', 'outcome']);
    this.seconds = metrics.histogram('madoguchi_bot_turn_seconds', 'Time until a bot had answered', ['bot']);
  }

  count(botKey: string, outcome: BotTurnOutcome, tookMs: number | null): void {
    this.turns.inc({ bot: botKey, outcome });
    if (tookMs !== null) this.seconds.observe({ bot: botKey }, tookMs / 1000);
  }

  /**
   * Under the thread's lock: the owner that the bot was called for is compared with the one that the contact has now.
   * @returns null when there was nothing to end any more
   */
  async end(tx: Tx, thread: Thread, book: Book, { row, turn, bot, answered, tookMs }: Answered): Promise<Ended | null> {
    if (!(await holdTurn(tx, row.id))) return null;
    const close = async (ending: Ending): Promise<void> => {
      await endTurn(tx, row.id, { ...ending, tookMs });
      tx.afterCommit(() => this.count(bot.key, ending.outcome, tookMs));
    };
    if (!isStill(thread, row)) {
      await close({ outcome: 'rejected' });
      const { id: turnId, conversation_id: conversationId } = row;
      tx.afterCommit(() =>
        this.log.info(
          { bot: bot.key, turnId, conversationId },
          'a bot answered what is no longer its; nothing was said',
        ),
      );
      return 'done';
    }
    const handOver = async (handOff: HandOff): Promise<Ended> => {
      await this.handOffs.handOff(tx, thread, book, handOff, turn.language);
      return 'done';
    };
    if (answered.kind === 'calledOff') {
      await close({ outcome: 'failed', fault: 'called off' });
      return handOver({ reason: 'failed' });
    }
    if (answered.kind !== 'answer') {
      await close({ outcome: answered.kind, fault: answered.fault });
      return handOver({ reason: answered.kind === 'late' ? 'late' : 'failed' });
    }
    const { steps, state, remarks } = answered.answer;
    if (state !== undefined) await keep(tx, row, state);
    if (steps.length === 1 && steps[0]!.do === 'pass') {
      await close({ outcome: 'passed', remarks });
      const next = book.behind(thread.account_id, bot.id);
      if (next === null) return handOver({ reason: 'unsure' });
      await this.flow.passToBot(tx, thread, next);
      return 'passed';
    }
    const answerKey = keyOfAnswer(steps);
    if (answerKey !== null && (await isRoundAgain(tx, row, answerKey))) {
      await close({ outcome: 'loop', remarks, answerKey });
      return handOver({ reason: 'loop' });
    }
    await this.say(tx, thread, row, bot, steps);
    const last = steps.at(-1);
    if (last === undefined || last.do === 'handOff') {
      await close({ outcome: 'handedOff', remarks });
      return handOver(last ?? { reason: 'unsure' });
    }
    await close({ outcome: 'answered', remarks, answerKey: answerKey ?? undefined });
    return 'done';
  }

  /** The process that asked is gone. @returns whether anything was done */
  async abandon(tx: Tx, thread: Thread, book: Book, turnId: string): Promise<boolean> {
    const row = await holdTurn(tx, turnId);
    if (!row) return false;
    const still = isStill(thread, row);
    const outcome = still ? 'failed' : 'rejected';
    await endTurn(tx, row.id, { outcome, fault: 'nobody ended it in time: the process that asked may have died' });
    tx.afterCommit(() => this.count(book.bot(row.bot_id)?.key ?? row.bot_id, outcome, null));
    if (!still) return false;
    const said = await this.reader.said(tx, thread, row.from_seq - 1);
    return this.handOffs.handOff(tx, thread, book, { reason: 'failed' }, languageOf(said));
  }

  private async say(tx: Tx, thread: Thread, row: TurnRow, bot: AskableBot, steps: readonly BotStep[]): Promise<void> {
    const seen = thread.last_seq;
    let said = false;
    for (const [at, step] of steps.entries()) {
      if (step.do !== 'say' && step.do !== 'ask') continue;
      const { text, suggestions = [] } = step;
      const content = { type: 'text' as const, text, ...(suggestions.length > 0 ? { suggestions } : {}) };
      await this.posting.postByBot(tx, thread, bot, clientIdOf(row.id, at), content);
      said = true;
    }
    if (!said) return;
    thread.waiting_since = null;
    if (seen > row.to_seq) {
      // What came while the bot thought is not answered by what it says.
      const [later] = await tx.query<{ since: Date | null }>(
        `select min(coalesce(received_at, created_at)) as since from messages
         where conversation_id = $1 and seq > $2 and author_kind = 'customer' and kind = 'message'`,
        [thread.id, row.to_seq],
      );
      thread.waiting_since = later!.since;
    }
  }
}

function isStill(thread: Thread, row: TurnRow): boolean {
  const same = thread.contact_id === row.contact_id && thread.ownership === row.ownership;
  return same && thread.contact_state === 'bot' && !thread.blocked;
}

async function keep(tx: Tx, row: TurnRow, state: unknown): Promise<void> {
  await tx.query(
    `insert into bot_memories (contact_id, bot_id, state) values ($1, $2, $3)
     on conflict (contact_id, bot_id) do update set state = excluded.state`,
    [row.contact_id, row.bot_id, JSON.stringify(state)],
  );
}

/** The same words a second time in a row, and the same answer to them: it leads nowhere. */
async function isRoundAgain(tx: Tx, row: TurnRow, answerKey: string): Promise<boolean> {
  if (row.said_key === null) return false;
  const [before] = await tx.query<{ said_key: string | null; answer_key: string | null }>(
    `select said_key, answer_key from bot_turns where contact_id = $1 and ownership = $2 and to_seq < $3
     order by to_seq desc limit 1`,
    [row.contact_id, row.ownership, row.to_seq],
  );
  return before?.said_key === row.said_key && before.answer_key === answerKey;
}

/** Of words that she wrote herself: a chip may be pressed twice on purpose. Hashes, for words are kept in the thread alone. */
export function saidKey(said: readonly BotWords[]): string | null {
  const texts = said.flatMap((words) => (words.type === 'text' ? [fold(words.text).replace(/\s+/g, '')] : []));
  return texts.length === said.length ? hash(texts) : null;
}

function keyOfAnswer(steps: readonly BotStep[]): string | null {
  const texts = steps.flatMap((step) => (step.do === 'say' || step.do === 'ask' ? [step.text] : []));
  return texts.length === steps.length && texts.length > 0 ? hash(texts) : null;
}

function hash(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 22);
}

/** The same for the same step of the same turn: the database itself lets no second one in. */
function clientIdOf(turnId: string, step: number): string {
  const hex = createHash('sha256').update(`bot turn ${turnId} ${step}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
