import { Injectable } from '@nestjs/common';
import type { MessageHit, SearchGroup } from '#libs/contracts/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { mayRead, type Asker } from '../conversation-access.js';
import { codeOf, codesToAsk } from './codes.js';
import { marksIn } from './found-text.js';
import { numbersFor } from '../customers/numbers.js';
import { hitOf, hitsSql, type HitRow } from './message-hit.js';
import { searchableText } from './searchable.js';
import { accountsOf, Params, standingSql, type SearchFilters, type SearchPlace } from './search-scope.js';
import { TimeIsUp, type SearchSession } from './search-pool.js';

export interface MessageQuery {
  kind: 'messages' | 'notes';
  terms: readonly string[];
  filters: SearchFilters;
  /** What comes after it is asked for; null: from the newest on. */
  after: SearchPlace | null;
  limit: number;
}

interface Candidate {
  id: string;
  ms: number;
}

interface Look {
  candidates: Candidate[];
  /** Everything newer than this was seen; null: everything there is. */
  edge: SearchPlace | null;
  /** How many of those that were walked through have the codes, whoever may read them. */
  said?: number;
  /** The index of codes knows so many that to fetch them all would be slower than to walk on. */
  tooMany?: boolean;
  /** The index of codes could not answer in time: walking goes on. */
  tooFar?: boolean;
  /** Nothing was seen in time. */
  stopped?: boolean;
}

interface PlacedHit {
  hit: MessageHit;
  place: SearchPlace;
}

/** So many messages are looked at one after the other, from the newest: what is common is found among the first. */
const WALKS = [600, 8_000];
/** Said so few times among the newest, it is rare: the index leads to it at once. */
const RARE = 1;
/** So many hits are fetched and put in order at once; of more than that the newest are looked for by walking on. */
const FEW = 4_000;
/** So often, the longer walk each time; what was not met there was said long ago, and all of it must be fetched. */
const WALKS_ON = 6;
/** For a search as a whole; a statement that began before has its own limit. */
const TIME_MS = 1_500;
/** Later than any message. */
const END: SearchPlace = { ms: 253_402_300_799_999, id: '9223372036854775807' };

/** `few`: only if there are few. */
type Leap = 'few' | 'none' | 'all';

/**
 * Messages by their codes, newest first. A common word stands among the newest messages: they are walked through. What is
 * not found there is rare, and the index of codes leads to it, or was common until of late (yesterday's subject), and walking
 * goes on. None of this is left to the planner, who knows the frequency of a few thousand codes and would walk through
 * everything for the others.
 */
@Injectable()
export class MessageSearch {
  async find(session: SearchSession, asker: Asker, query: MessageQuery): Promise<SearchGroup<MessageHit>> {
    const until = performance.now() + TIME_MS;
    const hits: PlacedHit[] = [];
    let place = query.after ?? END;
    let leap: Leap = 'few';
    let walks = 0;
    for (;;) {
      // One more than is shown says whether there is another page.
      const look = await this.look(session, asker, query, place, query.limit + 1, leap);
      hits.push(...(await this.confirm(session, asker, query, look.candidates)));
      if (hits.length > query.limit) return pageOf(hits.slice(0, query.limit));
      // Codes may meet by chance: what is missing on the page for that is looked for behind the last candidate.
      if (look.candidates.length > query.limit) place = look.candidates.at(-1)!;
      else if (look.edge !== null) place = look.edge;
      else return { hits: hits.map(({ hit }) => hit), nextCursor: null, partial: false, searchedTo: null };
      if (look.tooMany) [leap, walks] = ['none', 0];
      else if (look.tooFar) [leap, walks] = ['none', Number.NEGATIVE_INFINITY];
      else if (leap === 'none' && (walks += 1) >= WALKS_ON) leap = 'all';
      if (look.stopped || performance.now() > until) return cut(hits, place);
    }
  }

  private async look(
    session: SearchSession,
    asker: Asker,
    query: MessageQuery,
    place: SearchPlace,
    limit: number,
    leap: Leap,
  ): Promise<Look> {
    let walked: Look = { candidates: [], edge: place, stopped: true };
    try {
      for (const rows of WALKS) {
        walked = await this.walk(session, asker, query, place, limit, rows);
        if (walked.edge === null || walked.candidates.length >= limit) return walked;
        if (leap !== 'none' && walked.said! <= RARE) break;
      }
      if (leap === 'none') return walked;
      const leapt = await this.leap(session, asker, query, place, limit, leap === 'few' ? FEW : null);
      return leapt ?? { ...walked, tooMany: true };
    } catch (fault) {
      if (!(fault instanceof TimeIsUp)) throw fault;
      return { ...walked, tooFar: true };
    }
  }

  private async walk(
    session: SearchSession,
    asker: Asker,
    query: MessageQuery,
    place: SearchPlace,
    limit: number,
    rows: number,
  ): Promise<Look> {
    const accounts = accountsOf(asker, query.filters.account);
    const params = new Params();
    const each = params.add(Math.max(200, Math.ceil(rows / Math.max(1, accounts.length))));
    const found = await session.query<Candidate & { edge_ms: number | null; edge_id: string | null; said: number }>(
      `with walked as materialized (
         select account.id as account_id, s.* from unnest(${params.add(accounts)}::bigint[]) account(id), lateral (
           select s.message_id, s.conversation_id, s.contact_id, s.created_at, ${this.said(query, params)} as said
           from message_search s where s.account_id = account.id and ${this.span(query, place, params)}
           order by s.created_at desc, s.message_id desc limit ${each}
         ) s
       ), edge as (
         -- Beyond it some account was not looked at.
         select created_at, message_id from (
           select distinct on (account_id) created_at, message_id, count(*) over (partition by account_id) as n
           from walked order by account_id, created_at, message_id
         ) oldest where n >= ${each} order by created_at desc, message_id desc limit 1
       )
       select s.message_id as id, ${ms('s')} as ms, e.message_id as edge_id, ${ms('e')} as edge_ms, one.said
       from (select count(*) filter (where said)::int as said from walked) one left join edge e on true left join lateral (
         select s.message_id, s.created_at from walked s
         where s.said and (e.message_id is null or (s.created_at, s.message_id) >= (e.created_at, e.message_id))
           and ${standingSql(asker, query.filters, params)}
         order by s.created_at desc, s.message_id desc limit ${params.add(limit)}
       ) s on true
       order by s.created_at desc, s.message_id desc`,
      params.values,
    );
    const edge = found[0]?.edge_id ? { ms: Number(found[0].edge_ms), id: found[0].edge_id } : null;
    return { candidates: candidatesOf(found), edge, said: found[0]?.said ?? 0 };
  }

  /** @returns null when there are more than `most` */
  private async leap(
    session: SearchSession,
    asker: Asker,
    query: MessageQuery,
    place: SearchPlace,
    limit: number,
    most: number | null,
  ): Promise<Look | null> {
    const params = new Params();
    const accounts = params.add(accountsOf(asker, query.filters.account));
    const found = await session.query<Candidate & { n: number }>(
      // Not in the order that is wanted, and without a limit of its own: the planner would walk back through everything for
      // it. What is read of it is read one by one, so that nothing beyond `most` is fetched.
      `with said as materialized (
         select s.message_id, s.conversation_id, s.contact_id, s.created_at from message_search s
         where s.account_id = any(${accounts}::bigint[]) and ${this.said(query, params)} and ${this.span(query, place, params)}
       ), found as materialized (
         select * from said limit ${params.add(most === null ? null : most + 1)}::bigint
       )
       select s.message_id as id, ${ms('s')} as ms, one.n from (select count(*)::int as n from found) one left join lateral (
         select s.message_id, s.created_at from found s where ${standingSql(asker, query.filters, params)}
         order by s.created_at desc, s.message_id desc limit ${params.add(limit)}
       ) s on true
       order by s.created_at desc, s.message_id desc`,
      params.values,
    );
    if (most !== null && found[0]!.n > most) return null;
    return { candidates: candidatesOf(found), edge: null };
  }

  /** Whether a message `s` has every code that the terms ask for, and is of the kind that is searched. */
  private said({ kind, terms, filters }: MessageQuery, params: Params): string {
    const codes = new Set(terms.flatMap(codesToAsk));
    if (kind === 'notes') codes.add(codeOf.note);
    if (filters.media) codes.add(codeOf.media);
    const note = kind === 'notes' ? 's.note' : 'not s.note';
    return `(s.codes @> ${params.add(`{${[...codes].join(',')}}`)}::int[] and ${note})`;
  }

  private span({ filters }: MessageQuery, place: SearchPlace, params: Params): string {
    const before = `(s.created_at, s.message_id) < (${moment(place.ms, params)}, ${params.add(place.id)}::bigint)`;
    const from = filters.from === null ? '' : ` and s.created_at >= ${moment(filters.from.getTime(), params)}`;
    const to = filters.to === null ? '' : ` and s.created_at < ${moment(filters.to.getTime(), params)}`;
    return `${before}${from}${to}`;
  }

  private async confirm(
    session: SearchSession,
    asker: Asker,
    { terms }: MessageQuery,
    candidates: Candidate[],
  ): Promise<PlacedHit[]> {
    if (candidates.length === 0) return [];
    const rows = await session.query<HitRow>(hitsSql, [candidates.map(({ id }) => id)]);
    const known = new Map(rows.map((row) => [row.id, row]));
    return candidates.flatMap((place) => {
      const row = known.get(place.id);
      if (!row || !mayRead(asker, row)) return [];
      const text = searchableText(row.content);
      const marks = marksIn(text, terms);
      return marks === null ? [] : [{ hit: hitOf(row, text, marks, numbersFor(asker)), place }];
    });
  }
}

/** Exact to the millisecond, which a number of seconds would not be. */
const moment = (milliseconds: number, params: Params): string =>
  `('epoch'::timestamptz + ${params.add(milliseconds)}::bigint * interval '1 millisecond')`;
const ms = (of: string): string => `(extract(epoch from ${of}.created_at) * 1000)::bigint`;

function candidatesOf(rows: readonly Candidate[]): Candidate[] {
  return rows.filter(({ id }) => id !== null).map(({ id, ms: at }) => ({ id, ms: Number(at) }));
}

function pageOf(hits: PlacedHit[]): SearchGroup<MessageHit> {
  const last = hits.at(-1)!;
  return { hits: hits.map(({ hit }) => hit), nextCursor: cursorOf(last.place), partial: false, searchedTo: null };
}

/** Time was up: whoever wants to know more goes on from where the search came to. */
function cut(hits: PlacedHit[], place: SearchPlace): SearchGroup<MessageHit> {
  const began = place.ms !== END.ms;
  return {
    hits: hits.map(({ hit }) => hit),
    nextCursor: began ? cursorOf(place) : null,
    partial: true,
    searchedTo: began ? new Date(place.ms).toISOString() : null,
  };
}

const cursorOf = ({ ms: at, id }: SearchPlace): string => `${at}.${id}`;

export function readCursor(cursor: string): SearchPlace {
  const parts = /^(\d{1,16})\.(\d{1,19})$/.exec(cursor);
  if (!parts) throw invalid([{ field: 'cursor', rule: 'isCursor', message: 'not a cursor of this search' }]);
  return { ms: Number(parts[1]), id: parts[2]! };
}
