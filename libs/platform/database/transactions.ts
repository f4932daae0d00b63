import { Injectable } from '@nestjs/common';
import type { Client, PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { Log } from '#libs/platform/telemetry/index.js';

/** One open transaction. What hangs on its commit is registered here, so that nothing is told before it is true. */
export interface Tx {
  readonly manager: EntityManager;
  query<R = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<R[]>;
  /** As `query`, as a named prepared statement: for the few statements on the path of every message. */
  prepared<R = Record<string, unknown>>(name: string, sql: string, params: unknown[]): Promise<R[]>;
  /** As `prepared`, each row as an array of what PostgreSQL wrote, unread: for results of hundreds of rows. */
  preparedText(name: string, sql: string, params: unknown[]): Promise<(string | null)[][]>;
  /** What is asked for meanwhile leaves together and is answered in its order. */
  together<T>(ask: () => T): T;
  /** Asked for last of all; what it returns goes out together with COMMIT, and its fault takes everything back. */
  beforeCommit(statement: () => LastStatement): void;
  /** Runs when COMMIT goes out: every statement is through, every lock is still held. */
  onCommitting(work: () => void): void;
  /** Runs right after commit, in the order of registration; a fault there is logged. */
  afterCommit(work: () => void): void;
  /** Runs when the answer to COMMIT was lost: it may have happened or not. */
  onUncertain(work: () => void): void;
}

export interface LastStatement {
  name: string;
  sql: string;
  params: unknown[];
  /** Called with its rows before anything that waits for the commit. */
  take?: (rows: unknown[]) => void;
}

type Pooled = PoolClient & Pick<Client, 'connection'>;

/** Its own ways to begin and to end wait for every answer; so it is told what we did. */
type OwnRunner = { -readonly [Key in keyof QueryRunner]: QueryRunner[Key] };

/**
 * Statements that need no answer before the next one travel together: the beginning with the first, the last with COMMIT.
 * A round trip less at each end; PostgreSQL makes a ROLLBACK of a COMMIT that follows a fault.
 */
@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner: OwnRunner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as Pooled;
      const open = new OpenTransaction(runner, client);
      let result: T;
      let last: LastStatement[];
      try {
        const [begun, working] = inOnePacket(client, () => {
          const begin = client.query('START TRANSACTION');
          begin.catch(() => undefined);
          // Whoever writes through the manager is to find a transaction.
          runner.isTransactionActive = true;
          return [begin, work(open)];
        });
        result = await working;
        await begun;
        last = open.last.map((statement) => statement());
      } catch (fault) {
        await this.rollBack(runner, client);
        throw fault;
      }
      await this.commit(runner, client, open, last);
      return result;
    } finally {
      await runner.release();
    }
  }

  /** One statement outside of any transaction, prepared on whichever connection it meets. */
  async prepared<R = Record<string, unknown>>(name: string, sql: string, params: unknown[]): Promise<R[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as Pooled;
      return (await client.query({ name, text: sql, values: params })).rows as R[];
    } finally {
      await runner.release();
    }
  }

  private async commit(runner: OwnRunner, client: Pooled, open: OpenTransaction, last: LastStatement[]): Promise<void> {
    try {
      const [sent, committed] = inOnePacket(client, () => [
        last.map(async ({ name, sql, params, take }) => {
          const rows = await open.prepared(name, sql, params);
          take?.(rows);
        }),
        client.query('COMMIT'),
      ]);
      for (const leaving of open.leaving) leaving();
      const answers = await Promise.allSettled([...sent, committed]);
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
      if ((await committed).command !== 'COMMIT') throw new Error('a statement had failed, so nothing was committed');
      runner.isTransactionActive = false;
    } catch (fault) {
      for (const uncertain of open.uncertain) uncertain();
      await this.rollBack(runner, client);
      throw fault;
    }
    for (const after of open.after) {
      try {
        after();
      } catch (fault) {
        this.log.error({ err: fault }, 'work after a commit failed');
      }
    }
  }

  private async rollBack(runner: OwnRunner, client: Pooled): Promise<void> {
    runner.isTransactionActive = false;
    try {
      await client.query('ROLLBACK');
    } catch (fault) {
      this.log.warn({ err: fault }, 'a transaction could not be rolled back; its connection is gone');
    }
  }
}

/** What is sent meanwhile leaves with one call of the system. */
function inOnePacket<T>({ connection: { stream } }: Pooled, send: () => T): T {
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

const asText = { getTypeParser: () => (text: string) => text };

class OpenTransaction implements Tx {
  readonly last: (() => LastStatement)[] = [];
  readonly leaving: (() => void)[] = [];
  readonly after: (() => void)[] = [];
  readonly uncertain: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: Pooled,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async query<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return (await this.client.query(sql, params)).rows as R[];
  }

  async prepared<R>(name: string, sql: string, params: unknown[]): Promise<R[]> {
    return (await this.client.query({ name, text: sql, values: params })).rows as R[];
  }

  async preparedText(name: string, sql: string, params: unknown[]): Promise<(string | null)[][]> {
    const query = { name, text: sql, values: params, rowMode: 'array' as const, types: asText };
    return (await this.client.query<(string | null)[]>(query)).rows;
  }

  together<T>(ask: () => T): T {
    return inOnePacket(this.client, ask);
  }

  beforeCommit(statement: () => LastStatement): void {
    this.last.push(statement);
  }

  onCommitting(work: () => void): void {
    this.leaving.push(work);
  }

  afterCommit(work: () => void): void {
    this.after.push(work);
  }

  onUncertain(work: () => void): void {
    this.uncertain.push(work);
  }
}
