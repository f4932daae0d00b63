import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReplayResult } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import type { Bot } from '../bot.js';
import { BotBook } from '../bot-book.js';
import { FlowBots } from '../flows/flow-bots.js';
import { RecordedTurns, type RecordedTurn } from './recorded-turns.js';
import { Rehearsal } from './rehearsal.js';

export const REPLAY_JOB = 'bots.replay';
/** Then the next job goes on, and others get their turn. */
const STRETCH_MS = 15_000;

interface Row {
  bot_id: string;
  bot_version: number | null;
  against_id: string | null;
  against_version: number | null;
  contact_ids: string[];
  done: number;
  state: string;
}

interface Played {
  turn: RecordedTurn;
  result: ReplayResult | null;
  other: ReplayResult | null;
}

/** Plays a replay contact by contact; after a crash it goes on behind the last contact that was kept. */
@Injectable()
export class ReplayPlayer implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly recorded: RecordedTurns,
    private readonly book: BotBook,
    private readonly flows: FlowBots,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ id: string }>(REPLAY_JOB, ({ id }) => this.play(id));
  }

  private async play(id: string): Promise<void> {
    const end = Date.now() + STRETCH_MS;
    do {
      const row = await this.next(id);
      if (!row) return;
      const contactId = row.contact_ids[row.done];
      const played = contactId === undefined ? [] : await this.contact(id, row, contactId);
      await this.keep(id, row, played);
    } while (Date.now() < end);
    await this.transactions.run((tx) => this.jobs.add(tx, REPLAY_JOB, { id }, { key: `replay:${id}` }));
  }

  private async next(id: string): Promise<Row | null> {
    const [row] = await this.database.query<Row[]>(
      `select bot_id, bot_version, against_id, against_version, contact_ids, done, state from bot_replays where id = $1`,
      [id],
    );
    return row && (row.state === 'waiting' || row.state === 'running') ? row : null;
  }

  private async contact(id: string, row: Row, contactId: string): Promise<Played[]> {
    const turns = await this.recorded.ofContact(contactId);
    const one = await this.side(id, row.bot_id, row.bot_version);
    const other = row.against_id === null ? null : await this.side(id, row.against_id, row.against_version);
    const played: Played[] = [];
    for (const turn of turns) {
      const [result, second] = await Promise.all([one.result(turn), other?.result(turn) ?? null]);
      if (result === null && second === null) break;
      played.push({ turn, result, other: second });
    }
    return played;
  }

  private async side(id: string, botId: string, version: number | null): Promise<Rehearsal> {
    const bot = (await this.book.current()).bot(botId);
    const answers = bot && version !== null ? this.flows.pinned(bot, version) : (bot?.answers ?? null);
    return new Rehearsal(id, { id: botId, name: bot?.name ?? '' }, answers ?? absent);
  }

  /** Once: whoever played the same contact meanwhile has kept it. */
  private async keep(id: string, row: Row, played: readonly Played[]): Promise<void> {
    const compared = row.against_id !== null;
    const done = row.done + 1;
    const last = done >= row.contact_ids.length;
    await this.transactions.run(async (tx) => {
      const [mine] = await tx.query(
        `update bot_replays set done = least($2, cardinality(contact_ids)), state = $3, ended_at = case when $4 then now() end
         where id = $1 and done = $5 and state in ('waiting', 'running') returning id`,
        [id, done, last ? 'done' : 'running', last, row.done],
      );
      if (!mine || played.length === 0) return;
      await tx.query(
        `insert into bot_replay_turns
           (replay_id, place, conversation_id, contact_id, number, from_seq, to_seq, result, other, differs)
         select $1, (select coalesce(max(place), 0) from bot_replay_turns where replay_id = $1) + row_number() over (),
           conversation_id, contact_id, number, from_seq, to_seq, coalesce(result, 'null'), other, differs
         from jsonb_to_recordset($2::jsonb) as t(conversation_id bigint, contact_id bigint, number integer, from_seq integer,
           to_seq integer, result jsonb, other jsonb, differs boolean)`,
        [
          id,
          JSON.stringify(
            played.map(({ turn, result, other }) => ({
              conversation_id: turn.conversationId,
              contact_id: turn.contactId,
              number: turn.number,
              from_seq: turn.said[0]!.seq,
              to_seq: turn.toSeq,
              result,
              other,
              differs: compared && !alike(result, other),
            })),
          ),
        ],
      );
    });
  }
}

const absent: Bot = {
  key: 'absent',
  answer: () => Promise.reject(new Error('nothing in this console can answer for this bot')),
};

function alike(one: ReplayResult | null, other: ReplayResult | null): boolean {
  if (one === null || other === null) return one === other;
  return one.outcome === other.outcome && isDeepStrictEqual(one.steps, other.steps);
}
