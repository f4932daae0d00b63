import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { errorCodes } from '#libs/contracts/index.js';
import { DatabaseAddress } from '#libs/platform/database/index.js';
import { AppError, conflict, Log } from '#libs/platform/telemetry/index.js';

/** So many searches at once; the live work has connections of its own. */
const CONNECTIONS = 3;
const STATEMENT_MS = 1_200;
/** Whoever waits longer for a connection is asked to come again. */
const WAIT_MS = 2_500;
/** What PostgreSQL says of a statement that was ended, by its limit or by us. */
const CANCELLED = '57014';

const SESSION = [
  'jit=off',
  'random_page_cost=1.1',
  'TimeZone=UTC',
  `statement_timeout=${STATEMENT_MS}`,
  'lock_timeout=500',
  'default_transaction_read_only=on',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** A statement took longer than a search may. */
export class TimeIsUp extends Error {}

/** The connection of one search. */
export class SearchSession {
  private stopped = false;
  private client: pg.PoolClient | null = null;
  private cancelling: Promise<unknown> = Promise.resolve();

  constructor(private readonly cancel: (backend: number) => Promise<unknown>) {}

  take(client: pg.PoolClient): void {
    this.client = client;
  }

  /** @throws TimeIsUp after the limit of a statement, 409 once a later search has taken the place of this one */
  async query<R>(sql: string, params: unknown[]): Promise<R[]> {
    if (this.stopped || this.client === null) throw superseded();
    try {
      return (await this.client.query(sql, params)).rows as R[];
    } catch (fault) {
      if ((fault as { code?: string }).code !== CANCELLED) throw fault;
      throw this.stopped ? superseded() : new TimeIsUp();
    }
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    const backend = (this.client as unknown as { processID?: number } | null)?.processID;
    if (backend !== undefined) this.cancelling = this.cancel(backend);
  }

  /** A cancel names the connection: it is held until that has gone through, or it would hit whoever comes next. */
  async release(): Promise<void> {
    const { client } = this;
    this.client = null;
    await this.cancelling.catch(() => undefined);
    client?.release();
  }
}

/**
 * The connections of searches: few, read only, and every statement has a limit, so that no search can starve live work.
 * Each agent has one search at a time; the next one ends the former.
 */
@Injectable()
export class SearchPool implements OnApplicationShutdown {
  readonly pool: pg.Pool;
  private readonly running = new Map<string, SearchSession>();

  constructor(
    address: DatabaseAddress,
    private readonly dataSource: DataSource,
    log: Log,
  ) {
    this.pool = new pg.Pool({
      connectionString: address.url,
      max: CONNECTIONS,
      application_name: 'madoguchi-search',
      connectionTimeoutMillis: WAIT_MS,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      options: SESSION,
    });
    const quiet = (fault: Error): void => log.warn({ err: fault }, 'a connection for searching was lost');
    this.pool.on('error', quiet);
    this.pool.on('connect', (client) => client.on('error', quiet));
  }

  async onApplicationShutdown(): Promise<void> {
    for (const session of this.running.values()) session.stop();
    await this.pool.end();
  }

  /** @param left fires when nobody waits for the answer any more */
  async run<T>(agentId: string, left: AbortSignal, work: (session: SearchSession) => Promise<T>): Promise<T> {
    this.running.get(agentId)?.stop();
    const session = new SearchSession((backend) => this.dataSource.query('select pg_cancel_backend($1)', [backend]));
    this.running.set(agentId, session);
    const stop = (): void => session.stop();
    if (left.aborted) stop();
    left.addEventListener('abort', stop, { once: true });
    try {
      session.take(await this.connect());
      return await work(session);
    } finally {
      left.removeEventListener('abort', stop);
      if (this.running.get(agentId) === session) this.running.delete(agentId);
      await session.release();
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect();
    } catch (cause) {
      const message = 'Many people are searching at this moment; try again.';
      throw new AppError(503, errorCodes.busy, message, { retryAfterSeconds: 1, cause });
    }
  }
}

function superseded(): AppError {
  return conflict(errorCodes.searchSuperseded, 'A later search has taken the place of this one.');
}
