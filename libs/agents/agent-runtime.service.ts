import { Injectable } from '@nestjs/common';
import { isAvailable } from '#libs/contracts/index.js';
import type { AgentLayers, AgentLoad } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { selectStandings, toStanding } from './agent-standing.js';
import type { AgentStanding, StandingRow } from './agent-standing.js';
import { changesBetween, chosen, departed } from './state-changes.js';
import type { Cause, Departure } from './state-changes.js';

/** What travels under the announcement topic `agents`: how this one is, or what she holds, changed. */
export interface AgentNewsRef {
  agentId: string;
}

/**
 * Inside the transaction, under the locks of these agents: they may take what they could not take before — they became
 * available, or their capacity or skills changed. No conversation may be locked here; announce, and work after commit.
 */
export type AvailableHandler = (tx: Tx, agentIds: string[]) => void | Promise<void>;

/**
 * After commit, in transactions of the handler's own: she signed out, or her grace is over. Called again, on any node,
 * until it succeeds; so it must be safe to repeat. She may be back already.
 */
export type OfflineHandler = (left: { agentId: string; departure: Departure }) => Promise<void>;

/** Counts what agents hold; who is missing in the answer holds nothing. */
export type LoadCounter = (agentIds: readonly string[]) => Promise<Map<string, AgentLoad>>;

interface Transition {
  before: AgentStanding;
  after: AgentLayers;
  cause: Cause;
  departure?: Departure;
}

/**
 * How agents are, in the three layers: the front door for whoever gives them work. Everything that writes does so under
 * the lock of the agent's runtime row, and leaves one row per changed layer in the log.
 *
 * Order of locks: conversations first, then agents, several of them in the order of their ids (`lock` does that).
 */
@Injectable()
export class AgentRuntime {
  private readonly available: AvailableHandler[] = [];
  private readonly offline: OfflineHandler[] = [];
  private counter: LoadCounter | null = null;
  private afterDeparture: () => void = () => undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
    private readonly settings: Settings,
  ) {}

  onBecameAvailable(handler: AvailableHandler): void {
    this.available.push(handler);
  }

  onWentOffline(handler: OfflineHandler): void {
    this.offline.push(handler);
  }

  /** Everybody who must hear that somebody left; fails when one of them does. */
  async tellOffline(left: { agentId: string; departure: Departure }): Promise<void> {
    for (const handler of this.offline) await handler(left);
  }

  /** Called after the commit in which somebody left, so that nobody waits for the next look. */
  onDeparture(listener: () => void): void {
    this.afterDeparture = listener;
  }

  /** Whoever keeps the contacts says what agents hold. Without one, views say `used: null`. */
  countWith(counter: LoadCounter): void {
    if (this.counter !== null) throw new Error('Two libs want to count what agents hold.');
    this.counter = counter;
  }

  /** null: nobody counts. */
  async loadOf(agentIds: readonly string[]): Promise<Map<string, AgentLoad> | null> {
    return (await this.counter?.(agentIds)) ?? null;
  }

  /** The agent, locked until the transaction ends and read after the lock was had; null when there is none. */
  async lockForOffer(tx: Tx, agentId: string): Promise<AgentStanding | null> {
    return (await this.lock(tx, [agentId])).get(agentId) ?? null;
  }

  async lock(tx: Tx, agentIds: readonly string[]): Promise<Map<string, AgentStanding>> {
    const sql = 'select from agent_runtime where agent_id = any($1::bigint[]) order by agent_id for no key update';
    const locked = tx.prepared('agents.lock', sql, [agentIds]);
    // A statement of its own: what it reads beside the locked rows is as new as they are. It need not wait to be sent.
    const [, standings] = await Promise.all([locked, this.standings(agentIds, tx)]);
    return standings;
  }

  /** Those of many agents, in one query and without a lock; those who left are in it, with `active: false`. */
  async standings(agentIds: readonly string[], tx?: Tx): Promise<Map<string, AgentStanding>> {
    const rows = await (tx ?? this.transactions).prepared<StandingRow>(
      'agents.standings',
      `${selectStandings} where r.agent_id = any($1::bigint[]) order by r.agent_id`,
      [agentIds],
    );
    return new Map(rows.map((row) => [row.agent_id, toStanding(row)]));
  }

  /** What she chose, or somebody with the right for her. */
  async setState(tx: Tx, agentId: string, choice: Pick<AgentLayers, 'routing' | 'reason'>, by: string): Promise<void> {
    await this.change(tx, agentId, by, 'chosen', (now) => chosen(now, choice, by === agentId));
  }

  /** 復帰 */
  async resume(tx: Tx, agentId: string, by: string): Promise<void> {
    await this.change(tx, agentId, by, 'resumed', (now) => ({ ...now, notResponding: false }));
  }

  /** An offer expired without an answer. */
  async markNotResponding(tx: Tx, agentId: string): Promise<void> {
    await this.change(tx, agentId, null, 'offer_expired', (now) => ({ ...now, notResponding: true }));
  }

  /** Something was given or offered to them just now. */
  async touchAssigned(tx: Tx, agentIds: readonly string[]): Promise<void> {
    await this.touch(tx, agentIds, 'last_assigned_at');
  }

  async touchContactEnded(tx: Tx, agentIds: readonly string[]): Promise<void> {
    await this.touch(tx, agentIds, 'last_contact_ended_at');
  }

  /** What she holds changed: screens that show it are told. The two above say so themselves. */
  async loadChanged(tx: Tx, agentIds: readonly string[]): Promise<void> {
    await tx.query(
      `update agent_runtime set version = version + 1 where agent_id in (
         select agent_id from agent_runtime where agent_id = any($1::bigint[]) order by agent_id for no key update)`,
      [agentIds],
    );
    this.announce(tx, agentIds);
  }

  /** Capacity or skills changed: the agents must be locked. */
  async abilityChanged(tx: Tx, agentIds: readonly string[]): Promise<void> {
    await this.loadChanged(tx, agentIds);
    const now = await this.standings(agentIds, tx);
    await this.tellAvailable(
      tx,
      [...now.values()].filter(mayBeAsked).map(({ agentId }) => agentId),
    );
  }

  /** Signed out everywhere: offline at once. */
  async signedOut(tx: Tx, before: AgentStanding, by: string | null): Promise<void> {
    const left = before.connection === 'disconnected' ? {} : { departure: 'signed_out' as const };
    await this.write(tx, [{ before, after: departed(before, 'signed_out'), cause: 'signed_out', ...left }], by);
  }

  /** Changes of many, who must be locked, in two statements. */
  async write(tx: Tx, transitions: Transition[], by: string | null): Promise<void> {
    const rows = transitions.flatMap(({ before, after, cause, departure }) => {
      const changes = changesBetween(before, after, cause);
      return changes.length === 0 ? [] : [{ before, after, changes, departure }];
    });
    if (rows.length === 0) return;
    await tx.query(
      `with change as (
         select * from jsonb_to_recordset($1::jsonb) as c(agent_id bigint, connection text, routing text, reason text,
           not_responding boolean, departure text)
       ), written as (
         update agent_runtime r set connection = c.connection, routing = c.routing, reason = c.reason,
           not_responding = c.not_responding, departure = coalesce(c.departure, r.departure),
           departed_at = case when c.departure is null then r.departed_at else clock_timestamp() end,
           grace_until = case when c.connection = 'grace'
             then coalesce(r.grace_until, clock_timestamp() + $3 * interval '1 second') end,
           since = clock_timestamp(), version = r.version + 1
         from change c where r.agent_id = c.agent_id returning r.agent_id, r.since
       )
       insert into agent_state_log (agent_id, layer, from_state, to_state, reason, at, by_agent_id)
       select l.agent_id, l.layer, l."from", l."to", l.reason, w.since, $4::bigint
       from rows from (jsonb_to_recordset($2::jsonb) as (agent_id bigint, layer text, "from" text, "to" text, reason text))
         with ordinality l join written w on w.agent_id = l.agent_id
       order by l.ordinality`,
      [
        JSON.stringify(
          rows.map(({ before: { agentId }, after, departure }) => ({
            agent_id: agentId,
            connection: after.connection,
            routing: after.routing,
            reason: after.reason,
            not_responding: after.notResponding,
            departure: departure ?? null,
          })),
        ),
        JSON.stringify(
          rows.flatMap(({ before: { agentId }, changes }) =>
            changes.map((change) => ({ agent_id: agentId, ...change })),
          ),
        ),
        this.settings.agentGraceSeconds,
        by,
      ],
    );
    this.announce(
      tx,
      rows.map(({ before }) => before.agentId),
    );
    if (rows.some(({ departure }) => departure !== undefined)) tx.afterCommit(() => this.afterDeparture());
    const came = rows.filter(({ before, after }) => before.active && !isAvailable(before) && isAvailable(after));
    await this.tellAvailable(
      tx,
      came.map(({ before }) => before.agentId),
    );
  }

  private async change(
    tx: Tx,
    agentId: string,
    by: string | null,
    cause: Cause,
    next: (now: AgentStanding) => AgentLayers,
  ): Promise<void> {
    const before = await this.lockForOffer(tx, agentId);
    if (before !== null) await this.write(tx, [{ before, after: next(before), cause }], by);
  }

  private async touch(
    tx: Tx,
    agentIds: readonly string[],
    column: 'last_assigned_at' | 'last_contact_ended_at',
  ): Promise<void> {
    await tx.prepared(
      `agents.${column}`,
      `update agent_runtime set ${column} = clock_timestamp(), version = version + 1 where agent_id in (
         select agent_id from agent_runtime where agent_id = any($1::bigint[]) order by agent_id for no key update)`,
      [agentIds],
    );
    this.announce(tx, agentIds);
  }

  private async tellAvailable(tx: Tx, agentIds: string[]): Promise<void> {
    if (agentIds.length === 0) return;
    for (const handler of this.available) await handler(tx, agentIds);
  }

  private announce(tx: Tx, agentIds: readonly string[]): void {
    for (const agentId of agentIds) this.announcements.announce(tx, 'agents', { agentId } satisfies AgentNewsRef);
  }
}

function mayBeAsked(standing: AgentStanding): boolean {
  return standing.active && isAvailable(standing);
}
