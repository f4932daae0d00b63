import pg from 'pg';
import type { Log } from '#libs/platform/telemetry/index.js';

const NODES = 7002;
const DEPARTURES = 7003;
const OPENING = 7004;
const LONGEST_WAIT_MS = 1_000;

/** What one look at the database finds to do. */
export interface Findings {
  /** Nodes that have sockets written down and no lock: they died, or are about to open their guard again. */
  lockless: number[];
  /** Somebody's grace is over. */
  graceOver: boolean;
  /** Those of whom not everybody has heard yet that they left. */
  left: string[];
}

/**
 * This node's sign of life: a number of its own, and an advisory lock on it, held by a connection that does nothing
 * else. A process that dies loses the connection, and the lock with it; no clocks are compared and nothing has to be
 * renewed. A node that only lost the connection comes back under a new number, so what stands under a number without a
 * lock is void for good, and may be cleared away by anybody at any time.
 */
export class NodeGuard {
  private client: pg.Client | null = null;
  private number = 0;
  private asked: Promise<unknown> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private tries = 0;
  private closing = false;

  /** @param opened called each time the lock is held anew; what happened before may have been missed */
  constructor(
    private readonly url: string,
    private readonly graceSeconds: number,
    private readonly log: Log,
    private readonly opened: () => void,
  ) {}

  /** null: not guarded now, nothing may be written down under our number. */
  get node(): number | null {
    return this.client === null ? null : this.number;
  }

  async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'madoguchi-node-guard',
      keepAlive: true,
      connectionTimeoutMillis: 4_000,
      // A machine that lost its power says nothing: its line is given up after some ten seconds.
      options: '-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3',
    });
    client.on('error', (fault) => this.lost(client, fault));
    client.on('end', () => this.lost(client, null));
    try {
      await client.connect();
      const { rows } = await client.query<{ node: number }>(`select nextval('agent_socket_nodes')::int as node`);
      this.number = rows[0]!.node;
      await this.moveIn(client, this.number);
    } catch (fault) {
      client.end().catch(() => undefined);
      throw fault;
    }
    if (this.closing) return void client.end().catch(() => undefined);
    this.client = client;
    this.tries = 0;
    this.opened();
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  async look(): Promise<Findings | null> {
    const rows = await this.ask<{ lockless: number[]; over: boolean; agents: string[] }>(
      `select array(
           select distinct s.node from agent_sockets s where s.node <> $1 and not exists (
             select from pg_locks l where l.locktype = 'advisory' and l.granted and l.classid = ${NODES}
               and l.objid = s.node::oid and l.objsubid = 2
               and l.database = (select oid from pg_database where datname = current_database()))
         ) as lockless,
         exists (select from agent_runtime where connection = 'grace' and grace_until <= now()) as over,
         array(select agent_id::text from agent_runtime where departure is not null order by agent_id limit 200) as agents`,
      [this.number],
    );
    if (rows === null) return null;
    return { lockless: rows[0]!.lockless, graceOver: rows[0]!.over, left: rows[0]!.agents };
  }

  /** Works on one node at a time, as long as no connection is lost: it spares double work and protects nothing. */
  async once(what: 'node' | 'departure', key: number, work: () => Promise<void>): Promise<void> {
    const space = what === 'node' ? NODES : DEPARTURES;
    const taken = await this.ask<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [space, key]);
    if (taken?.[0]?.mine !== true) return;
    try {
      await work();
    } finally {
      await this.ask('select pg_advisory_unlock($1, $2)', [space, key]).catch(() => undefined);
    }
  }

  /** One question at a time; null while there is no connection. */
  private ask<R extends pg.QueryResultRow>(sql: string, params: unknown[]): Promise<R[] | null> {
    const answer = this.asked.then(async () => (await this.client?.query<R>(sql, params))?.rows ?? null);
    this.asked = answer.catch(() => undefined);
    return answer;
  }

  /**
   * While no node was there, nobody could come back: whoever opens the house gives those in grace their time again.
   * Two nodes that open at once do it one after the other.
   */
  private async moveIn(client: pg.Client, node: number): Promise<void> {
    await client.query('select pg_advisory_lock($1, 0)', [OPENING]);
    try {
      await client.query('select pg_advisory_lock($1, $2)', [NODES, node]);
      await client.query(
        `update agent_runtime set grace_until = clock_timestamp() + $2 * interval '1 second'
         where connection = 'grace' and not exists (
           select from pg_locks where locktype = 'advisory' and granted and classid = ${NODES} and objid <> $1::oid
             and objsubid = 2 and database = (select oid from pg_database where datname = current_database()))`,
        [node, this.graceSeconds],
      );
    } finally {
      await client.query('select pg_advisory_unlock($1, 0)', [OPENING]).catch(() => undefined);
    }
  }

  private lost(client: pg.Client, fault: Error | null): void {
    if (this.client !== client) return;
    this.client = null;
    this.log.warn({ err: fault }, 'the guard of this node lost its connection');
    this.again();
  }

  private again(): void {
    const wait = Math.min(LONGEST_WAIT_MS, 50 * 2 ** this.tries++);
    this.retry = setTimeout(() => {
      this.open().catch(() => {
        if (!this.closing) this.again();
      });
    }, wait);
  }
}
