import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
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
  /** Runs last inside the transaction; a fault there takes everything back. */
  beforeCommit(work: () => Promise<void>): void;
  /** Runs when COMMIT goes out: every statement is through, every lock is still held. */
  onCommitting(work: () => void): void;
  /** Runs right after commit, in the order of registration; a fault there is logged. */
  afterCommit(work: () => void): void;
  /** Runs when the answer to COMMIT was lost: it may have happened or not. */
  onUncertain(work: () => void): void;
}

@Injectable()
export class Transactions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      const open = new OpenTransaction(runner, client);
      let result: T;
      try {
        result = await work(open);
        for (const last of open.last) await last();
      } catch (fault) {
        await this.rollBack(runner);
        throw fault;
      }
      await this.commit(runner, open);
      return result;
    } finally {
      await runner.release();
    }
  }

  private async commit(runner: QueryRunner, open: OpenTransaction): Promise<void> {
    try {
      const committed = runner.commitTransaction();
      for (const leaving of open.leaving) leaving();
      await committed;
    } catch (fault) {
      for (const uncertain of open.uncertain) uncertain();
      await this.rollBack(runner);
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

  private async rollBack(runner: QueryRunner): Promise<void> {
    try {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
    } catch (fault) {
      this.log.warn({ err: fault }, 'a transaction could not be rolled back; its connection is gone');
    }
  }
}

const asText = { getTypeParser: () => (text: string) => text };

class OpenTransaction implements Tx {
  readonly last: (() => Promise<void>)[] = [];
  readonly leaving: (() => void)[] = [];
  readonly after: (() => void)[] = [];
  readonly uncertain: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
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

  beforeCommit(work: () => Promise<void>): void {
    this.last.push(work);
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
