import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  errorCodes,
  maskedContent,
  replayLimits,
  type BotStep,
  type MessageContent,
  type ReplayCounts,
  type ReplayResult,
  type ReplayTurnPage,
  type ReplayView,
  type StartReplayBody,
} from '#libs/contracts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { AppError, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { BotBook } from '../bot-book.js';
import { Flows } from '../flows/flows.service.js';
import { lineOf } from '../thread-words.js';
import { RecordedTurns } from './recorded-turns.js';
import { REPLAY_JOB } from './replay-player.js';

interface Row {
  id: string;
  bot_id: string;
  bot_name: string;
  bot_version: number | null;
  against_id: string | null;
  against_name: string | null;
  against_version: number | null;
  account_id: string;
  account_name: string;
  since: Date;
  until: Date;
  state: ReplayView['state'];
  contacts: number;
  done: number;
  by: string | null;
  created_at: Date;
  ended_at: Date | null;
  results: Partial<ReplayCounts> | null;
  other_results: Partial<ReplayCounts> | null;
  differences: number;
}

interface TurnRow {
  place: number;
  conversation_id: string;
  contact_id: string;
  number: number;
  from_seq: number;
  said: MessageContent[];
  result: ReplayResult | null;
  other: ReplayResult | null;
  differs: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LISTED = 50;

const select = `
  select r.id, r.bot_id, b.name as bot_name, r.bot_version, r.against_id, o.name as against_name, r.against_version, r.account_id,
    a.name as account_name, r.since, r.until, r.state, cardinality(r.contact_ids) as contacts, r.done, g.name as by, r.created_at,
    r.ended_at, t.results, t.other_results, coalesce(t.differences, 0)::integer as differences
  from bot_replays r join bots b on b.id = r.bot_id join accounts a on a.id = r.account_id
    left join bots o on o.id = r.against_id left join agents g on g.id = r.agent_id
    left join lateral (
      select jsonb_object_agg(k, n) filter (where side = 1) as results, jsonb_object_agg(k, n) filter (where side = 2) as other_results,
        sum(d) as differences
      from (
        select 1 as side, result ->> 'outcome' as k, count(*) as n, count(*) filter (where differs) as d
        from bot_replay_turns where replay_id = r.id and result ->> 'outcome' is not null group by k
        union all
        select 2, other ->> 'outcome', count(*), count(*) filter (where differs and result ->> 'outcome' is null)
        from bot_replay_turns where replay_id = r.id and other ->> 'outcome' is not null group by 2
      ) n
    ) t on true`;

/** Replays of an account are for whoever may read all of its conversations, and set bots. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly recorded: RecordedTurns,
    private readonly book: BotBook,
    private readonly flows: Flows,
  ) {}

  async start(person: SignedIn, botId: string, body: StartReplayBody): Promise<ReplayView> {
    if (!seen(person).includes(body.accountId)) throw notFound('The account');
    const [since, until] = [new Date(body.since), new Date(body.until)];
    const days = (until.getTime() - since.getTime()) / DAY_MS;
    if (!(days > 0)) throw invalid([{ field: 'until', rule: 'later', message: 'It must be later than since.' }]);
    if (days > replayLimits.days) {
      const message = `There are ${Math.ceil(days)} days; ${replayLimits.days} are allowed.`;
      throw invalid([{ field: 'until', rule: 'tooLong', message, limit: replayLimits.days, actual: Math.ceil(days) }]);
    }
    const version = await this.versionOf('version', botId, body.version);
    const against = body.against ?? null;
    const other = against ? await this.versionOf('against.version', against.botId, against.version) : null;
    const contactIds = await this.recorded.contacts(body.accountId, since, until, body.contacts);
    if (contactIds.length === 0) {
      const message = 'No customer of the account wrote within this time.';
      throw invalid([{ field: 'since', rule: 'empty', message }]);
    }
    const id = await this.transactions.run(async (tx) => {
      await tx.query('lock table bot_replays in share row exclusive mode');
      const [{ running }] = (await tx.query<{ running: number }>(
        `select count(*)::integer as running from bot_replays where state in ('waiting', 'running')`,
      )) as [{ running: number }];
      if (running >= replayLimits.running)
        throw new AppError(
          429,
          errorCodes.busy,
          `${running} replays are under way; ${replayLimits.running} are allowed.`,
        );
      const [row] = await tx.query<{ id: string }>(
        `insert into bot_replays (bot_id, bot_version, against_id, against_version, account_id, since, until, contact_ids, agent_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [botId, version, against?.botId ?? null, other, body.accountId, since, until, contactIds, person.agent.id],
      );
      await this.jobs.add(tx, REPLAY_JOB, { id: row!.id }, { key: `replay:${row!.id}` });
      return row!.id;
    });
    return this.one(person, botId, id);
  }

  async list(person: SignedIn, botId: string): Promise<ReplayView[]> {
    const rows = await this.database.query<Row[]>(
      `${select} where (r.bot_id = $1 or r.against_id = $1) and r.account_id = any($2::bigint[]) order by r.id desc limit ${LISTED}`,
      [botId, seen(person)],
    );
    return rows.map(toView);
  }

  async one(person: SignedIn, botId: string, id: string): Promise<ReplayView> {
    const [row] = await this.database.query<Row[]>(
      `${select} where r.id = $1 and (r.bot_id = $2 or r.against_id = $2) and r.account_id = any($3::bigint[])`,
      [id, botId, seen(person)],
    );
    if (!row) throw notFound('The replay');
    return toView(row);
  }

  async turns(person: SignedIn, botId: string, id: string, differing: boolean, after: number): Promise<ReplayTurnPage> {
    await this.one(person, botId, id);
    const rows = await this.database.query<TurnRow[]>(
      `select t.place, t.conversation_id, t.contact_id, t.number, t.from_seq, t.result, t.other, t.differs,
         coalesce((select jsonb_agg(m.content order by m.seq) from messages m
           where m.conversation_id = t.conversation_id and m.seq between t.from_seq and t.to_seq
             and m.kind = 'message' and m.author_kind = 'customer'), '[]') as said
       from bot_replay_turns t
       where t.replay_id = $1 and t.place > $2 ${differing ? 'and t.differs' : ''} order by t.place limit $3`,
      [id, after, replayLimits.page + 1],
    );
    const page = rows.slice(0, replayLimits.page);
    return { turns: page.map(toTurn), next: rows.length > page.length ? page.at(-1)!.place : null };
  }

  /** What was found so far stays. */
  async stop(person: SignedIn, botId: string, id: string): Promise<ReplayView> {
    await this.one(person, botId, id);
    await this.database.query(
      `update bot_replays set state = 'stopped', ended_at = now() where id = $1 and state in ('waiting', 'running')`,
      [id],
    );
    return this.one(person, botId, id);
  }

  private async versionOf(field: string, botId: string, wished: number | undefined): Promise<number | null> {
    const bot = (await this.book.current()).bot(botId);
    if (!bot) {
      if (field === 'version') throw notFound('The bot');
      throw invalid([{ field: 'against.botId', rule: 'exists', message: 'There is no such bot.' }]);
    }
    if (bot.kind === 'flow') {
      const known = wished === undefined ? await this.flows.latest(botId) : await this.flows.known(botId, wished);
      if (known) return known.version;
      throw invalid([{ field, rule: 'exists', message: 'The guided flow has no such version.' }]);
    }
    if (wished === undefined) return null;
    throw invalid([{ field, rule: 'none', message: 'Only guided flows have versions.' }]);
  }
}

/** With `own` one sees single conversations of an account, not all of them. */
function seen({ agent, accountIds }: SignedIn): string[] {
  return agent.visibility === 'own' ? [] : accountIds;
}

function toView(row: Row): ReplayView {
  const { against_id } = row;
  return {
    id: row.id,
    bot: { botId: row.bot_id, name: row.bot_name, version: row.bot_version },
    against:
      against_id === null ? null : { botId: against_id, name: row.against_name ?? '', version: row.against_version },
    account: { id: row.account_id, name: row.account_name },
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    state: row.state,
    contacts: row.contacts,
    done: row.done,
    results: { ...none, ...row.results },
    otherResults: against_id === null ? null : { ...none, ...row.other_results },
    differences: row.differences,
    by: row.by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

const none: ReplayCounts = { answered: 0, handedOff: 0, passed: 0, failed: 0 };

function toTurn(row: TurnRow): ReplayTurnPage['turns'][number] {
  const said = row.said.map(
    (content) =>
      lineOf({ seq: row.from_seq, from: 'customer', content: maskedContent(content) ?? content, at: new Date(0) }).text,
  );
  return {
    place: row.place,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    number: row.number,
    fromSeq: row.from_seq,
    said,
    result: masked(row.result),
    other: masked(row.other),
    differs: row.differs,
  };
}

/** A bot may say a card number again. */
function masked(result: ReplayResult | null): ReplayResult | null {
  return result && { ...result, steps: result.steps.map(maskedStep) };
}

function maskedStep(step: BotStep): BotStep {
  if (step.do === 'pass') return step;
  if (step.do !== 'handOff') return { ...step, text: covered(step.text) };
  return {
    ...step,
    ...(step.summary === undefined ? {} : { summary: covered(step.summary) }),
    ...(step.fields === undefined
      ? {}
      : { fields: step.fields.map((each) => ({ ...each, value: covered(each.value) })) }),
  };
}

const covered = (text: string): string => {
  const found = maskedContent({ type: 'text', text });
  return found?.type === 'text' ? found.text : text;
};
