import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentLoad, Priority } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import type { EntryWords } from './contact-writer.js';
import type { StoredState } from './contact-states.js';

/** A contact that entered a queue, or an account that leads to one, and that routing has not looked at since. */
export interface Arrival {
  id: string;
  conversation_id: string;
  account_id: string;
  queue_id: string;
  enqueued_at: Date | null;
  created_at: Date;
  priority: Priority;
  admitted_at: Date | null;
  preferred_agent_id: string | null;
  preferred_since: Date | null;
  last_agent_id: string | null;
  last_closed_at: Date | null;
  declined_by: string[];
  declined_at: Date | null;
  taken_in_hours: boolean;
  need_key: string | null;
  asked_skills: string[];
  /** Came from a bot: it is told something in any case. */
  entry_words: EntryWords | null;
}

/** What routing makes of it. */
export interface Place {
  id: string;
  queue_id: string;
  need_key: string;
  enqueued_at: Date;
  effective_at: Date;
  due_at: Date | null;
  weight: number;
  priority: Priority;
  preferred_agent_id: string | null;
  preferred_since: Date | null;
  taken_in_hours: boolean;
}

/** A contact that waits, as matching needs it. */
export interface WaitingRow {
  id: string;
  conversation_id: string;
  account_id: string;
  queue_id: string;
  enqueued_at: Date;
  effective_at: Date;
  priority: Priority;
  weight: number;
  need_key: string;
  preferred_agent_id: string | null;
  preferred_since: Date | null;
  declined_by: string[];
  declined_at: Date | null;
  taken_in_hours: boolean;
  asked_skills: string[];
}

export interface DueContact {
  id: string;
  conversation_id: string;
  queue_id: string | null;
  state: StoredState;
  need_key: string | null;
}

/** A skill that is no more is asked of nobody. */
const skillsOf = (row: string): string => `case when ${row}.asked_skills = '{}' then '{}'
    else array(select s.id::text from skills s where s.id = any(${row}.asked_skills) order by s.id) end as asked_skills`;

const waitingColumns = `c.id, c.conversation_id, c.account_id, c.queue_id, c.enqueued_at, c.effective_at, c.priority, c.weight,
  c.need_key, c.preferred_agent_id, c.preferred_since, c.declined_by, c.declined_at, c.taken_in_hours,
  ${skillsOf('c')}`;

/** Marks what is settled by a transaction of its own before anybody is asked. */
export const SETTLE = '!';

/**
 * Contacts that wait, as sets: routing reads and places many with one statement each. It changes nobody's owner; that is
 * ContactFlow's. Whoever places holds contacts without their conversations, and therefore waits for nothing else.
 */
@Injectable()
export class WaitingRoom {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Of these queues. Locked until the transaction ends; what somebody else holds is left to him. What leads anywhere else is
   * not looked at: five hundred of them at the head would keep everybody else from theirs.
   */
  async arrivals(tx: Tx, queueIds: readonly string[], limit: number): Promise<Arrival[]> {
    return tx.prepared<Arrival>('waiting.arrivals', arrivalsSql, [limit, queueIds]);
  }

  /** Placed ones of which time has changed something, or all of a queue whose rules have changed. */
  async dueWaiting(tx: Tx, limit: number): Promise<Arrival[]> {
    return tx.prepared<Arrival>(
      'waiting.due',
      `select ${arrivalColumns} from contacts t join conversations c on c.id = t.conversation_id
       where t.due_at <= clock_timestamp() and t.state = 'queued' and t.need_key is not null
         and not starts_with(t.need_key, '${SETTLE}')
       order by t.due_at limit $1 for update of t skip locked`,
      [limit],
    );
  }

  async place(tx: Tx, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    await tx.prepared('waiting.place', placeSql, [JSON.stringify(places)]);
  }

  /** Of each queue, the first ones of each kind that asks the same: what stands behind them can have nobody that they cannot. */
  async heads(tx: Tx, queueIds: readonly string[], perKind: number): Promise<WaitingRow[]> {
    return tx.prepared<WaitingRow>('waiting.heads', headsSql, [queueIds, perKind]);
  }

  /** Everything that waits in one queue, in its order. */
  async ofQueue(tx: Tx, queueId: string, limit: number): Promise<WaitingRow[]> {
    return tx.query<WaitingRow>(
      `select ${waitingColumns} from contacts c where c.queue_id = $1 and c.state = 'queued' and c.need_key is not null
         and not starts_with(c.need_key, '${SETTLE}') order by c.effective_at, c.id limit $2`,
      [queueId, limit],
    );
  }

  /** Unassigned contacts of these accounts that belong to no queue. */
  async unrouted(tx: Tx, accountIds: readonly string[]): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from contacts
       where account_id = any($1::bigint[]) and state = 'queued' and need_key is null and queue_id is null`,
      [accountIds],
    );
    return row!.count;
  }

  /** How many wait or are being offered, counted up to a limit each. */
  async lengths(tx: Tx | null, queueIds: readonly string[], limit: number): Promise<Map<string, number>> {
    const rows = await (tx ?? this.transactions).prepared<{ queue_id: string; count: number }>(
      'waiting.lengths',
      `select q.id as queue_id, (select count(*)::int from (
           select from contacts c where c.queue_id = q.id and c.state in ('queued', 'offered') limit $2) counted) as count
       from unnest($1::bigint[]) q(id)`,
      [queueIds, limit],
    );
    return new Map(rows.map((row) => [row.queue_id, row.count]));
  }

  /** As `lengths`, of those that have their place already: what has just arrived is not counted. */
  async placedLengths(tx: Tx, queueIds: readonly string[], limit: number): Promise<Map<string, number>> {
    const rows = await tx.query<{ queue_id: string; count: number }>(
      `select q.id as queue_id, (select count(*)::int from (
           select from contacts c where c.queue_id = q.id and c.state in ('queued', 'offered')
             and c.admitted_at is not null limit $2) counted) as count
       from unnest($1::bigint[]) q(id)`,
      [queueIds, limit],
    );
    return new Map(rows.map((row) => [row.queue_id, row.count]));
  }

  /** What agents hold and are being offered; who is missing holds nothing. */
  async loadOf(agentIds: readonly string[], tx?: Tx): Promise<Map<string, AgentLoad>> {
    const rows = await (tx ?? this.transactions).prepared<LoadRow>('waiting.load', loadSql, [agentIds]);
    return new Map(rows.map((row) => [row.agent_id, { used: row.used, wrapUp: row.wrap_up }]));
  }

  async due(limit: number): Promise<DueContact[]> {
    return this.dataSource.query<DueContact[]>(
      `select id, conversation_id, queue_id, state, need_key from contacts
       where due_at <= clock_timestamp() order by due_at limit $1`,
      [limit],
    );
  }

  /** Milliseconds until something is due, by the database's clock; null: nothing is. */
  async nextDueMs(): Promise<number | null> {
    const [row] = await this.dataSource.query<{ ms: number | null }[]>(
      `select extract(epoch from min(due_at) - clock_timestamp())::float8 * 1000 as ms from contacts where due_at is not null`,
    );
    return row?.ms ?? null;
  }

  /** Arrivals in these queues that nobody has looked at for so long. */
  async overlooked(queueIds: readonly string[], ageMs: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select found.id from (
         (select id, created_at from contacts where queue_id = any($2::bigint[]) and state = 'queued' and need_key is null
            order by queue_id, id limit 500)
         union all
         (select t.id, t.created_at from account_queues q, lateral (select id, created_at from contacts
            where account_id = q.account_id and queue_id is null and state = 'queued' and need_key is null
            order by id limit 500) t where q.queue_id = any($2::bigint[]))
       ) found
       where found.created_at < clock_timestamp() - $1 * interval '1 millisecond'
         and not exists (select from contact_events e where e.contact_id = found.id
           and e.at > clock_timestamp() - $1 * interval '1 millisecond')`,
      [ageMs, queueIds],
    );
    return rows.map(({ id }) => id);
  }

  /** The same wait is looked at again by whoever is there: its queue's rules have changed. */
  async lookAgain(tx: Tx, queueIds: readonly string[]): Promise<void> {
    await tx.query(
      `update contacts set due_at = clock_timestamp() where id in (
         select id from contacts where queue_id = any($1::bigint[]) and state = 'queued' and need_key is not null
         order by id for update)`,
      [queueIds],
    );
  }

  /** When contacts of a queue were accepted lately. */
  async acceptedSince(queueId: string, since: Date): Promise<number[]> {
    const rows = await this.dataSource.query<{ at: Date }[]>(
      `select first_accepted_at as at from contacts
       where queue_id = $1 and first_accepted_at > $2 order by first_accepted_at desc limit 200`,
      [queueId, since],
    );
    return rows.map(({ at }) => at.getTime());
  }
}

interface LoadRow {
  agent_id: string;
  used: number;
  wrap_up: number;
}

const arrivalColumns = `t.id, t.conversation_id, t.account_id, t.queue_id, t.enqueued_at, t.created_at, t.priority, t.admitted_at,
  t.preferred_agent_id, t.preferred_since, c.last_assignee_id as last_agent_id, t.declined_by, t.declined_at, t.taken_in_hours,
  t.need_key, (select k.closed_at from contacts k where k.conversation_id = t.conversation_id and k.id < t.id
     order by k.id desc limit 1) as last_closed_at, t.entry_words, ${skillsOf('t')}`;

const arrivalsSql = `
  with found as (
    (select t.id, q.queue_id from account_queues q,
       lateral (select id from contacts where account_id = q.account_id and queue_id is null and state = 'queued'
         and need_key is null order by id limit $1) t
     where q.queue_id = any($2::bigint[]))
    union
    (select id, queue_id from contacts where queue_id = any($2::bigint[]) and state = 'queued' and need_key is null
       order by queue_id, id limit $1)
  )
  select ${arrivalColumns.replace('t.queue_id,', 'coalesce(t.queue_id, found.queue_id) as queue_id,')}
  from found join contacts t on t.id = found.id join conversations c on c.id = t.conversation_id
  where t.state = 'queued' and t.need_key is null
    -- Of whoever is blocked the contact is about to be ended; the index of those few is all that is looked into.
    and not exists (select from customers b where b.id = c.customer_id and b.blocked_at is not null)
  order by t.id limit $1 for update of t skip locked`;

const placeSql = `
  update contacts c set queue_id = r.queue_id, need_key = r.need_key, enqueued_at = r.enqueued_at, effective_at = r.effective_at,
    due_at = r.due_at, weight = r.weight, priority = r.priority, preferred_agent_id = r.preferred_agent_id,
    preferred_since = r.preferred_since, taken_in_hours = r.taken_in_hours, admitted_at = coalesce(c.admitted_at, now())
  from jsonb_to_recordset($1::jsonb) as r(id bigint, queue_id bigint, need_key text, enqueued_at timestamptz,
    effective_at timestamptz, due_at timestamptz, weight smallint, priority text, preferred_agent_id bigint,
    preferred_since timestamptz, taken_in_hours boolean)
  where c.id = r.id and c.state = 'queued'`;

const headsSql = `
  with recursive keys as (
    select q.id as queue_id, (select c.need_key from contacts c where c.queue_id = q.id and c.state = 'queued'
      and c.need_key is not null order by c.need_key limit 1) as need_key
    from unnest($1::bigint[]) q(id)
    union all
    select k.queue_id, (select c.need_key from contacts c where c.queue_id = k.queue_id and c.state = 'queued'
      and c.need_key is not null and c.need_key > k.need_key order by c.need_key limit 1)
    from keys k where k.need_key is not null
  )
  select h.* from keys k, lateral (
    select ${waitingColumns} from contacts c
    where c.queue_id = k.queue_id and c.state = 'queued' and c.need_key is not null and c.need_key = k.need_key
    order by c.effective_at, c.id limit $2) h
  where k.need_key is not null and not starts_with(k.need_key, '${SETTLE}')`;

const loadSql = `
  select a.id as agent_id, coalesce(sum(held.weight), 0)::int as used,
    (count(*) filter (where held.state = 'wrapup'))::int as wrap_up
  from unnest($1::bigint[]) a(id), lateral (
    select c.weight, c.state from contacts c
    where c.assignee_id = a.id and c.state in ('active', 'held', 'waiting', 'wrapup')
    union all
    select c.weight, 'offered' from contacts c where c.offered_to = a.id) held
  group by a.id`;
