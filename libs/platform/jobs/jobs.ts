import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { parseCronItem, run, type CronItem, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { DatabaseAddress, type Tx } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { DeadWorkers } from './dead-workers.js';
import { RunnerPool } from './runner-pool.js';
import { silentJobLogger } from './silent-logger.js';

export interface JobOptions {
  /** Jobs of one queue run one after the other. Give few names: hash the key with `bucket`. */
  queue?: string;
  /** While a job with this key waits, another one takes its place instead of standing beside it. */
  key?: string;
  runAt?: Date;
  maxAttempts?: number;
}

export type JobHandler = (payload: never) => Promise<void>;

const CONCURRENCY = 24;
const DAY_MS = 24 * 60 * 60 * 1000;
/** What is under way may end: a carrier is given ten seconds to answer. */
const GOODBYE_MS = 15_000;
const RESTART_MS = 2_000;
const CONNECT_MS = 10_000;

/**
 * Work after commit: added inside the transaction of the row it is about, run by any node whose role allows it,
 * repeated with growing waits until it succeeds. A handler may run twice; it must be safe to repeat.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly handlers: Record<string, JobHandler> = {};
  private readonly cron: CronItem[] = [];
  private readonly guard: DeadWorkers;
  private pool: pg.Pool | null = null;
  private runner: Runner | null = null;
  private closing = false;
  private starting: Promise<void> = Promise.resolve();
  private restarting = false;
  /** What was started last cannot be relied upon. */
  private broken = false;

  constructor(
    private readonly address: DatabaseAddress,
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {
    this.guard = new DeadWorkers(address.url, log, () => this.restart());
  }

  /** Called by libs while the modules are set up, before the runner starts. */
  handle<P>(task: string, handler: (payload: P) => Promise<void>): void {
    if (this.handlers[task]) throw new Error(`the job ${task} has a handler already`);
    this.handlers[task] = handler as JobHandler;
  }

  /**
   * Work of the clock, once for all nodes; what fell due while nobody ran is made up for once.
   * @param when a crontab pattern in UTC, e.g. `15 18 * * *`
   */
  at(when: string, task: string, handler: () => Promise<void>): void {
    this.handle(task, handler);
    this.cron.push({ task, match: when, identifier: task, options: { backfillPeriod: DAY_MS, maxAttempts: 3 } });
  }

  async add(tx: Tx, task: string, payload: object, options: JobOptions = {}): Promise<void> {
    await tx.prepared(
      'jobs.add',
      `select graphile_worker.add_job($1, $2::json, queue_name => $3, run_at => $4, max_attempts => $5, job_key => $6,
        job_key_mode => 'replace')`,
      [
        task,
        JSON.stringify(payload),
        options.queue ?? null,
        options.runAt ?? null,
        options.maxAttempts ?? 25,
        options.key ?? null,
      ],
    );
  }

  /** Many of one task with one statement; each with a key of its own. */
  async addEach(tx: Tx, task: string, jobs: readonly { payload: object; key: string }[]): Promise<void> {
    await tx.prepared(
      'jobs.addEach',
      `select graphile_worker.add_job($1, payload::json, max_attempts => 25, job_key => key, job_key_mode => 'replace')
       from unnest($2::text[], $3::text[]) as t(payload, key)`,
      [task, jobs.map(({ payload }) => JSON.stringify(payload)), jobs.map(({ key }) => key)],
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.wanted) return;
    await this.start();
  }

  /** Whether this node's role is to take jobs. */
  get wanted(): boolean {
    return this.settings.role !== 'web';
  }

  /** Jobs are being taken, and would be given back if this process died. */
  get running(): boolean {
    return this.runner !== null && this.guard.guarding && !this.restarting;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.stop();
  }

  private start(): Promise<void> {
    return (this.starting = this.open());
  }

  private async open(): Promise<void> {
    await this.guard.open();
    const pool = new RunnerPool({
      connectionString: this.address.url,
      max: CONCURRENCY + 2,
      application_name: 'madoguchi-jobs',
      connectionTimeoutMillis: CONNECT_MS,
    });
    const quiet = (fault: Error): void => this.log.warn({ err: fault }, 'a connection of the job runner was lost');
    pool.on('error', quiet);
    pool.on('connect', (client) => client.on('error', quiet));
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => this.guard.protect(workerPool.id));
    // The job may have been given out, and only the answer lost: nobody would run it, and nobody give it back, while this
    // runner lives.
    const again = (): void => {
      if (this.pool === pool) this.restart();
    };
    events.on('worker:getJob:error', again);
    // A runner that gives up by itself may take a minute to say so.
    events.on('pool:gracefulShutdown', again);
    this.pool = pool;
    this.runner = await run({
      pgPool: pool,
      taskList: this.tasks(),
      parsedCronItems: this.cron.map((item) => parseCronItem(item)),
      events,
      concurrency: CONCURRENCY,
      pollInterval: 500,
      noHandleSignals: true,
      logger: silentJobLogger,
      // Without these the runner forgets to catch the fault of a job that it can no longer mark as done or failed, and
      // a database that went away would take the whole process with it.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    const { runner } = this;
    const ended = (fault?: unknown): void => {
      if (this.runner !== runner) return;
      this.log.error({ err: fault }, 'the job runner stopped');
      this.restart();
    };
    runner.promise.then(() => ended(), ended);
  }

  private async stop(): Promise<void> {
    const { runner, pool } = this;
    this.runner = null;
    this.pool = null;
    // Not a goodbye: somebody may have got these jobs already, so nothing may be marked as done any more.
    const ended = this.closing ? undefined : pool?.end().catch(() => undefined);
    // A runner that lost its database may wait for ever for what it can no longer store; its jobs are given back.
    const stopped = runner
      ?.stop()
      .catch((fault: unknown) => this.log.debug({ err: fault }, 'the job runner had stopped already'));
    await within(this.closing ? GOODBYE_MS : RESTART_MS, stopped);
    await within(RESTART_MS, ended ?? pool?.end().catch(() => undefined));
    await within(RESTART_MS, this.guard.close());
  }

  /** The runner's connection or its guard's went away while we live: begin anew, for as long as it takes. */
  private restart(): void {
    this.broken = true;
    if (this.restarting || this.closing) return;
    this.restarting = true;
    const again = async (): Promise<void> => {
      // Lost while it was starting: two runners would be one that nobody guards.
      await this.starting.catch(() => undefined);
      while (this.broken && !this.closing) {
        try {
          await this.stop();
          this.broken = false;
          await this.start();
        } catch (fault) {
          this.broken = true;
          this.log.warn({ err: fault }, 'the job runner cannot start yet');
        }
        if (this.broken) await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      this.restarting = false;
    };
    void again();
  }

  private tasks(): TaskList {
    const duration = this.metrics.histogram('madoguchi_job_seconds', 'Time of one run of a job', ['task', 'outcome']);
    return Object.fromEntries(
      Object.entries(this.handlers).map(([task, handler]) => [
        task,
        async (payload: unknown) => {
          const done = duration.startTimer({ task });
          try {
            await handler(payload as never);
            done({ outcome: 'ok' });
          } catch (fault) {
            done({ outcome: 'failed' });
            this.log.warn({ err: fault, task }, 'a job failed and will run again');
            throw fault;
          }
        },
      ]),
    );
  }
}

/** A few queue names for many keys: fetching a job locks every queue's row, and rows stay. */
export function bucket(name: string, key: string, buckets = 32): string {
  let hash = 0;
  for (const char of key) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return `${name}:${hash % buckets}`;
}

async function within(limitMs: number, work: Promise<unknown> | undefined): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (late = setTimeout(resolve, limitMs)));
  await Promise.race([work, limit]);
  clearTimeout(late);
}
