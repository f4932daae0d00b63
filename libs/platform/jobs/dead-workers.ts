import pg from 'pg';
import { Log } from '#libs/platform/telemetry/index.js';

const SPACE = 7001;
const SWEEP_MS = 1000;

/**
 * Frees the jobs of workers that died. The runner's own locks last four hours. Here each pool of workers also holds an
 * advisory lock on a connection of its own: a process that dies loses it with the connection, and the sweep of any
 * other node, which can then take that lock, gives the jobs back.
 */
export class DeadWorkers {
  private client: pg.Client | null = null;
  private sweeping: NodeJS.Timeout | null = null;
  private readonly mine = new Set<string>();

  /** @param onLost our own guard's connection dropped: what runs under it is no longer protected */
  constructor(
    private readonly url: string,
    private readonly log: Log,
    private readonly onLost: () => void,
  ) {}

  async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'madoguchi-job-guard',
      keepAlive: true,
    });
    client.on('error', (fault) => this.lost(client, fault));
    client.on('end', () => this.lost(client, null));
    await client.connect();
    this.client = client;
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  protect(poolId: string): void {
    this.mine.add(poolId);
    this.client
      ?.query('select pg_advisory_lock($1, hashtext($2))', [SPACE, poolId])
      .catch((fault: unknown) => this.log.warn({ err: fault }, 'the job runner could not be guarded'));
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    this.mine.clear();
    if (this.sweeping) clearInterval(this.sweeping);
    await client?.end().catch(() => undefined);
  }

  private lost(client: pg.Client, fault: Error | null): void {
    if (this.client !== client) return;
    this.client = null;
    this.log.warn({ err: fault }, 'the guard of the job runner lost its connection');
    this.onLost();
  }

  private busy = false;

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
    } finally {
      this.busy = false;
    }
  }
}
