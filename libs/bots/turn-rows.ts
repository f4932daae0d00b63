import type { BotTurnOutcome } from '#libs/contracts/index.js';
import type { Thread } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';

/** A turn as the database has it. */
export interface TurnRow {
  id: string;
  conversation_id: string;
  contact_id: string;
  bot_id: string;
  ownership: number;
  number: number;
  from_seq: number;
  to_seq: number;
  outcome: BotTurnOutcome | null;
  said_key: string | null;
  answer_key: string | null;
  deadline: Date;
}

export interface Ending {
  outcome: BotTurnOutcome;
  fault?: string | undefined;
  remarks?: Record<string, unknown> | undefined;
  answerKey?: string | undefined;
  tookMs?: number | undefined;
}

const FAULT = 1000;
const columns =
  'id, conversation_id, contact_id, bot_id, ownership, number, from_seq, to_seq, outcome, said_key, answer_key, deadline';

/** The newest of a contact; null: it had none. */
export async function lastTurn(tx: Tx, contactId: string): Promise<TurnRow | null> {
  const [row] = await tx.prepared<TurnRow>(
    'bots.lastTurn',
    `select ${columns} from bot_turns where contact_id = $1 order by ownership desc, to_seq desc limit 1`,
    [contactId],
  );
  return row ?? null;
}

/** Up to this place words of a conversation were a turn already, of whichever contact; 0: of none. */
export async function answeredUpTo(tx: Tx, conversationId: string): Promise<number> {
  const [row] = await tx.prepared<{ seq: number }>(
    'bots.answeredUpTo',
    `select coalesce(max(t.to_seq), 0) as seq
     from (select id from contacts where conversation_id = $1 order by id desc limit 3) k
       join bot_turns t on t.contact_id = k.id`,
    [conversationId],
  );
  return row!.seq;
}

export interface NewTurn {
  number: number;
  fromSeq: number;
  toSeq: number;
  saidKey: string | null;
  /** Over with this already: the bot is not asked. */
  outcome: BotTurnOutcome | null;
  limitMs: number;
}

export async function beginTurn(tx: Tx, thread: Thread, turn: NewTurn): Promise<TurnRow> {
  const [row] = await tx.prepared<TurnRow>(
    'bots.beginTurn',
    `insert into bot_turns (conversation_id, contact_id, account_id, bot_id, ownership, number, from_seq, to_seq, said_key,
       outcome, deadline, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp() + $11 * interval '1 millisecond',
       case when $10::text is not null then clock_timestamp() end)
     returning ${columns}`,
    [
      thread.id,
      thread.contact_id,
      thread.account_id,
      thread.bot_id,
      thread.ownership,
      turn.number,
      turn.fromSeq,
      turn.toSeq,
      turn.saidKey,
      turn.outcome,
      turn.limitMs,
    ],
  );
  return row!;
}

/** Still under way, and held until the transaction ends; whoever comes second finds nothing. */
export async function holdTurn(tx: Tx, id: string): Promise<TurnRow | null> {
  const [row] = await tx.prepared<TurnRow>(
    'bots.holdTurn',
    `select ${columns} from bot_turns where id = $1 and outcome is null for update`,
    [id],
  );
  return row ?? null;
}

export async function endTurn(tx: Tx, id: string, ending: Ending): Promise<void> {
  const { outcome, fault, remarks, answerKey, tookMs } = ending;
  await tx.prepared(
    'bots.endTurn',
    `update bot_turns set outcome = $2, fault = $3, remarks = $4, answer_key = $5, took_ms = $6, ended_at = clock_timestamp()
     where id = $1 and outcome is null`,
    [
      id,
      outcome,
      fault?.slice(0, FAULT).replaceAll('\0', '') ?? null,
      remarks === undefined ? null : JSON.stringify(remarks),
      answerKey ?? null,
      tookMs === undefined ? null : Math.round(tookMs),
    ],
  );
}
