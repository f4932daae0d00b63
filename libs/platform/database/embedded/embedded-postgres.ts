import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { findBinaries, type Binaries } from './binaries.js';
import { DataDirectory, type Postmaster } from './data-directory.js';
import { EmbeddedPostgresError, explain } from './embedded-postgres-error.js';
import { postgresIdentity, type PostgresIdentity } from './postgres-identity.js';
import { run, ServerProcess } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** PostgreSQL keeps its things in `postgres/` below it. */
  dataDir: string;
  /** Made if it is not there. */
  database: string;
  /** false: a crash of the machine may lose everything, for which it is faster. For tests only. */
  durable: boolean;
  onStep?: (text: string) => void;
  /** The server ended without being asked and cannot be started again. Without it, that is an uncaught error. */
  onLost?: (error: EmbeddedPostgresError) => void;
}

export interface EmbeddedPostgres {
  url: string;
  stop(): Promise<void>;
}

const user = 'madoguchi';
const host = '127.0.0.1';

/**
 * A real PostgreSQL of our own: from npm where there is one for this platform, else the system's. It listens on loopback
 * only, behind a random password, and ends with this process however that ends. If the server itself is killed, it is
 * started again at the same address. Faults are `EmbeddedPostgresError`s.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onStep = options.onStep ?? (() => {});
  const wanted = join(resolve(options.dataDir), 'postgres');
  let where = wanted;
  let directory: DataDirectory | undefined;
  try {
    const identity = postgresIdentity(onStep);
    where = identity.place(wanted);
    const claimed = new DataDirectory(where);
    identity.own(where);
    claimed.claim();
    directory = claimed;
    const binaries = identity.reach(findBinaries(directory.madeBy));
    if (!directory.exists) {
      onStep(`Making a database in ${where} with PostgreSQL ${binaries.version}`);
      await createCluster(directory, binaries, identity, options.durable);
    }
    await directory.clearRemains();
    const server = new EmbeddedServer(directory, binaries, identity, options);
    return await server.open();
  } catch (error) {
    directory?.release();
    throw explain(error, where, 'starting');
  }
}

async function createCluster(
  directory: DataDirectory,
  binaries: Binaries,
  identity: PostgresIdentity,
  durable: boolean,
): Promise<void> {
  await directory.create(async (cluster, passwordFile) => {
    // Trigrams of Japanese text need a character type that knows it: under plain C a search index would stay empty.
    const locales = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'ja_JP.UTF-8'];
    for (const locale of locales) {
      const args = ['-D', cluster, '-U', user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
      args.push(`--locale=${locale}`, '--lc-messages=C', ...(durable ? [] : ['--no-sync']));
      try {
        return await run([...identity.prefix, join(binaries.home, 'bin', 'initdb'), ...args], launch(identity));
      } catch (error) {
        if (locale === locales.at(-1) || !/invalid locale/i.test((error as Error).message)) throw error;
        rmSync(join(cluster, 'PG_VERSION'), { force: true });
      }
    }
  }, identity.own);
}

// English words for `explain`, and nothing of the surroundings (PGDATA, PGPORT, …) that would steer PostgreSQL.
function launch(identity: PostgresIdentity) {
  return { ...identity.options, env: { PATH: process.env.PATH, HOME: '/', LC_ALL: 'C', TZ: 'UTC' } };
}

class EmbeddedServer {
  private process: ServerProcess | null = null;
  private port = 0;
  private stopping: Promise<void> | null = null;
  private restart: Promise<void> | null = null;
  private restarts: number[] = [];

  constructor(
    private readonly directory: DataDirectory,
    private readonly binaries: Binaries,
    private readonly identity: PostgresIdentity,
    private readonly options: EmbeddedPostgresOptions,
  ) {}

  async open(): Promise<EmbeddedPostgres> {
    await this.start(this.directory.lastPort);
    try {
      await this.createDatabase();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.directory.rememberPort(this.port);
    return { url: this.url(this.options.database), stop: () => this.stop() };
  }

  private stop(): Promise<void> {
    this.stopping ??= (async () => {
      await this.restart;
      await this.process?.stop(() => this.directory.abort());
      this.directory.release();
    })();
    return this.stopping;
  }

  private url(database: string): string {
    return `postgres://${user}:${this.directory.password}@${host}:${this.port}/${encodeURIComponent(database)}`;
  }

  /** Connections of this process know the address: once it was given out, the port does not move. */
  private async start(wishedPort: number | null, mayMove = true): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (let port = wishedPort ?? (await freePort()); ;) {
      const before = this.directory.postmaster();
      const server = new ServerProcess(this.command(port), launch(this.identity));
      const words = await this.untilReady(server, before, deadline);
      if (words === null) {
        this.process = server;
        this.port = port;
        void server.ended.then((last) => this.onEnded(last));
        return;
      }
      if (Date.now() > deadline) throw new Error(words);
      if (mayMove && /address already in use|could not create any TCP\/IP sockets/i.test(words)) {
        port = await freePort();
      } else if (/shared memory block .* is still in use|lock file "postmaster.pid" already exists/i.test(words)) {
        // The processes of a killed server need a moment to notice it.
        if (Date.now() > deadline - 45_000) throw new Error(words);
        await delay(100);
      } else {
        throw new Error(words);
      }
    }
  }

  private command(port: number): string[] {
    const settings: Record<string, string> = {
      listen_addresses: host,
      port: String(port),
      // The password guards the port; a socket file would need a directory of its own with a short name.
      unix_socket_directories: '',
      max_connections: '200',
      // Of PostgreSQL's own 128 MB the indexes of a few million messages alone want more: what does not fit is written
      // out and read again by those who are waited for. Taken only as it is used.
      shared_buffers: `${Math.max(128, Math.min(1024, Math.floor(totalmem() / 8 / 1048576)))}MB`,
      max_wal_size: '4GB',
      jit: 'off',
      timezone: 'UTC',
      logging_collector: 'off',
      log_destination: 'stderr',
      // Errors of single statements repeat what people wrote; only the server's own troubles are kept.
      log_min_messages: 'log',
      log_min_error_statement: 'panic',
      ...(this.options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    };
    const program = [...this.identity.prefix, join(this.binaries.home, 'bin', 'postgres')];
    return [
      ...program,
      '-D',
      this.directory.cluster,
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ];
  }

  /** null when it serves, its last words when it ended instead. */
  private async untilReady(server: ServerProcess, before: Postmaster | null, deadline: number): Promise<string | null> {
    while (!server.hasEnded) {
      const now = this.directory.postmaster();
      const isNew = now?.pid !== before?.pid || now?.startedAt !== before?.startedAt;
      if (now?.ready && isNew) return null;
      if (Date.now() > deadline) {
        await server.stop(() => this.directory.abort(), 5_000);
        return 'it did not become ready within a minute';
      }
      await Promise.race([server.ended, delay(15)]);
    }
    return (await server.ended) || 'it ended at once and said nothing';
  }

  private async createDatabase(): Promise<void> {
    const { database } = this.options;
    const client = new Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
      if (!rowCount) await client.query(`create database ${escapeIdentifier(database)}`);
    } finally {
      await client.end();
    }
  }

  private onEnded(words: string): void {
    if (this.stopping) return;
    const now = Date.now();
    this.restarts = [...this.restarts.filter((at) => now - at < 60_000), now];
    if (this.restarts.length > 5) return this.lost(words);
    this.options.onStep?.('PostgreSQL ended unexpectedly; starting it again');
    this.restart = this.directory
      .clearRemains()
      .then(() => this.start(this.port, false))
      .catch((error: unknown) => this.lost(error))
      .finally(() => (this.restart = null));
  }

  private lost(cause: unknown): void {
    this.directory.release();
    const error = explain(cause, this.directory.path, 'starting again');
    if (!this.options.onLost) throw error;
    this.options.onLost(error);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, host, done));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
