import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/platform/database/embedded/index.js';
import { migrateDatabase } from '../../apps/console/schema.js';
import { eventually } from './eventually.js';
import type { FreshDatabase } from './postgres.js';

/** The launcher gives up on a server that dies six times within a minute. */
const DEATHS_PER_LAUNCHER = 4;

/** A real, durable PostgreSQL for one test alone: one that may be killed. It comes back at the same address. */
export class PostgresOfItsOwn implements FreshDatabase {
  private deaths = 0;
  private blows: Promise<void> = Promise.resolve();

  private constructor(
    readonly dataDir: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<PostgresOfItsOwn> {
    const dataDir = await mkdtemp(join(tmpdir(), `madoguchi-test-${process.pid}-`));
    try {
      const postgres = new PostgresOfItsOwn(dataDir, await launch(dataDir));
      await migrateDatabase(postgres.url);
      return postgres;
    } catch (fault) {
      await rm(dataDir, { recursive: true, force: true });
      throw fault;
    }
  }

  get url(): string {
    return this.server.url;
  }

  /** On a connection of its own, so that it works whatever was cut. */
  async query<R = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<R[]> {
    const client = new Client({ connectionString: this.url, application_name: 'test' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, params)).rows as R[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** kill −9 of the server; whoever launched it starts it again. Resolves when it answers. */
  killed(): Promise<void> {
    return this.afterTheOther(async () => {
      if (this.deaths >= DEATHS_PER_LAUNCHER) await this.anew();
      this.deaths += 1;
      const before = await this.answering(() => this.postmaster());
      process.kill(before, 'SIGKILL');
      await eventually(
        async () => (await this.postmaster().catch(() => before)) !== before,
        'PostgreSQL to be back',
        60_000,
      );
    });
  }

  /** kill −9 of one of its processes: PostgreSQL throws everybody out and recovers from its log. */
  crashed(): Promise<void> {
    return this.afterTheOther(async () => {
      const started = await eventually(() => this.oneOfItsProcessesKilled(), 'a process to kill', 60_000);
      await eventually(
        async () => (await this.startedAt().catch(() => started)) > started,
        'PostgreSQL to have recovered',
        60_000,
      );
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  async startsAgain(): Promise<void> {
    const { url } = this;
    this.server = await launch(this.dataDir);
    this.deaths = 0;
    if (this.server.url !== url) throw new Error('PostgreSQL came back at another address: its port was taken');
  }

  stoppedAndStarted(): Promise<void> {
    return this.afterTheOther(() => this.anew());
  }

  /** Ends connections from the database's side; of these programs, or of everybody. */
  async cuts(applicationNames: string[] | null = null): Promise<number> {
    const sql = `
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and ($1::text[] is null or application_name = any($1))`;
    return (await this.answering(() => this.query(sql, [applicationNames]))).length;
  }

  async drop(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async anew(): Promise<void> {
    await this.stop();
    await this.startsAgain();
  }

  /** Of two blows at once the second would hit what the first has left lying there, and wait for it to get up again. */
  private afterTheOther(blow: () => Promise<void>): Promise<void> {
    const now = this.blows.then(blow);
    this.blows = now.catch(() => undefined);
    return now;
  }

  /** @returns since when it had been running; null where there is nobody to kill (any more) */
  private async oneOfItsProcessesKilled(): Promise<string | null> {
    const [victim] = await this.answering(() =>
      this.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = 'madoguchi' and datname = current_database()
         order by query_start desc limit 1`,
      ),
    );
    if (!victim) return null;
    const started = await this.answering(() => this.startedAt());
    try {
      process.kill(victim.pid, 'SIGKILL');
      return started;
    } catch {
      return null;
    }
  }

  /** Connections may be cut in the same moment. */
  private answering<T>(ask: () => Promise<T>): Promise<T> {
    return eventually(
      () =>
        ask()
          .then((answer) => ({ answer }))
          .catch(() => null),
      'PostgreSQL to answer',
      60_000,
    ).then(({ answer }) => answer);
  }

  private async postmaster(): Promise<number> {
    const [row] = await this.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
    );
    return Number(row!.pid);
  }

  /** When its shared memory was made: a crash of one process makes it anew. */
  private async startedAt(): Promise<string> {
    const [row] = await this.query<{ at: string }>(
      `select min(backend_start)::text as at from pg_stat_activity where backend_type = 'checkpointer'`,
    );
    return row!.at;
  }
}

function launch(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, database: 'madoguchi', durable: true });
}
