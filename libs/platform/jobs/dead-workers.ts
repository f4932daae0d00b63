import pg from 'pg';
import { Log } from '#libs/platform/telemetry/index.js';

const SPACE = 7001;
const SWEEP_MS = 1000;
/** A guard that is not answered for so long may have lost its locks without knowing. */
const ANSWER_MS = 10_000;
/** The driver's own words. */
const UNANSWERED = 'Query read timeout';

/**
 * Frees the jobs of workers that died. The runner's own locks last four hours. Here each pool of workers also holds an
 * advisory lock on a connection of its own: a process that dies loses it with the connection, and the sweep of any
 * other node, which can then take that lock, gives the jobs back.
 */
export class DeadWorkers {
  private client: pg.Client | null = null;
  private sweeping: NodeJS.Timeout | null = null;
  private readonly mine = new Set<string>();
  private busy = false;

  /** @param onLost our own guard's connection dropped: what runs under it is no longer protected */
  constructor(
    private readonly url: string,
    private readonly log: Log,
    private readonly onLost: () => void,
  ) {}

  /** Its connection stands, and with it the locks. */
  get guarding(): boolean {
    return this.client !== null;
  }

  async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'madoguchi-job-guard',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    client.on('error', (fault) => this.lost(client, fault));
    client.on('end', () => this.lost(client, null));
    try {
      await client.connect();
    } catch (fault) {
      client.end().catch(() => undefined);
      throw fault;
    }
    this.client = client;
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  protect(poolId: string): void {
    const { client } = this;
    this.mine.add(poolId);
    client
      ?.query('select pg_advisory_lock($1, hashtext($2))', [SPACE, poolId])
      .catch((fault: Error) => this.giveUp(client, fault));
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    this.mine.clear();
    if (this.sweeping) clearInterval(this.sweeping);
    await client?.end().catch(() => undefined);
  }

  /** What is not locked is not guarded: a connection that does not do as it is told counts as lost. */
  private giveUp(client: pg.Client, fault: Error): void {
    this.lost(client, fault);
    client.end().catch(() => undefined);
  }

  private lost(client: pg.Client, fault: Error | null): void {
    if (this.client !== client) return;
    this.client = null;
    if (this.sweeping) clearInterval(this.sweeping);
    this.log.warn({ err: fault }, 'the guard of the job runner lost its connection');
    this.onLost();
  }

  private async sweep(): Promise<void> {
    const { client } = this;
    if (this.busy || !client) return;
    this.busy = true;
    try {
      const { rows } = await client.query<{ id: string }>(
        `select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null
         union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null`,
      );
      for (const { id } of rows) {
        if (this.mine.has(id)) continue;
        const free = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as free', [
          SPACE,
          id,
        ]);
        if (!free.rows[0]?.free) continue;
        // The runner's own helper would bring a pool whose last faults nobody catches.
        await client.query('select graphile_worker.force_unlock_workers($1::text[])', [[id]]);
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [SPACE, id]);
        this.log.warn({ worker: id }, 'jobs of a worker that died were given back');
      }
    } catch (fault) {
      this.log.debug({ err: fault }, 'the sweep for dead workers failed');
      if ((fault as Error).message === UNANSWERED) this.giveUp(client, fault as Error);
    } finally {
      this.busy = false;
    }
  }
}
