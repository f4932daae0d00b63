import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isPostmasterOf, processIdentity } from './process-identity.js';

export interface Postmaster {
  pid: number;
  startedAt: string;
  ready: boolean;
}

const roomToBegin = 150 * 1024 * 1024;

/**
 * What lies in the directory:
 *
 *   owner      the process that runs PostgreSQL here: its number and what tells it from a later one of the same number
 *   port       the port of last time; addresses that people noted down stay good where possible
 *   cluster/   PostgreSQL's own data, and the password beside them, so that neither can be there without the other
 */
export class DataDirectory {
  readonly cluster: string;
  private readonly ownerFile: string;
  private readonly portFile: string;

  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
    const real = realpathSync(path);
    this.cluster = join(real, 'cluster');
    this.ownerFile = join(real, 'owner');
    this.portFile = join(real, 'port');
  }

  get exists(): boolean {
    return existsSync(join(this.cluster, 'PG_VERSION'));
  }

  get madeBy(): number | null {
    return this.exists ? Number.parseInt(readFileSync(join(this.cluster, 'PG_VERSION'), 'utf8'), 10) : null;
  }

  get password(): string {
    return readFileSync(join(this.cluster, 'madoguchi.password'), 'utf8').trim();
  }

  get lastPort(): number | null {
    return existsSync(this.portFile) ? Number(readFileSync(this.portFile, 'utf8')) || null : null;
  }

  rememberPort(port: number): void {
    writeFileSync(this.portFile, `${port}\n`);
  }

  /**
   * One start at a time. The file appears whole or not at all (`link`), and a dead owner is told from a living one that
   * was given the same number. Should two starts both clear away a dead owner at the same instant, PostgreSQL's own
   * postmaster.pid still lets only one of them through.
   */
  claim(): void {
    const draft = `${this.ownerFile}.${process.pid}`;
    writeFileSync(draft, `${process.pid}\n${processIdentity(process.pid)}\n`);
    try {
      for (;;) {
        try {
          return linkSync(draft, this.ownerFile);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const [pid = '', identity] = this.readOwner();
        if (identity && processIdentity(Number(pid)) === identity) throw inUse(this.path, Number(pid));
        rmSync(this.ownerFile, { force: true });
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }

  release(): void {
    rmSync(this.ownerFile, { force: true });
  }

  private readOwner(): string[] {
    try {
      return readFileSync(this.ownerFile, 'utf8').split('\n');
    } catch {
      return [];
    }
  }

  /** Makes the cluster beside its place and moves it there when it is whole; a killed start leaves nothing half made. */
  async create(
    initdb: (cluster: string, passwordFile: string) => Promise<void>,
    own: (path: string) => void,
  ): Promise<void> {
    const disk = statfsSync(this.path);
    if (disk.bavail * disk.bsize < roomToBegin) {
      throw new EmbeddedPostgresError(
        `The disk that holds ${this.path} is full: only ${Math.round((disk.bavail * disk.bsize) / 1048576)} MB are left, PostgreSQL needs 150 MB to begin.`,
        'Free some space there, or set DATA_DIR to a directory on another disk, and start again.',
      );
    }
    const draft = `${this.cluster}.new`;
    const passwordFile = `${this.cluster}.password`;
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    try {
      mkdirSync(draft, { mode: 0o700 });
      writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
      own(draft);
      own(passwordFile);
      await initdb(draft, passwordFile);
      renameSync(passwordFile, join(draft, 'madoguchi.password'));
      renameSync(draft, this.cluster);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      rmSync(passwordFile, { force: true });
      throw error;
    }
  }

  /**
   * Called by the owner before PostgreSQL starts. A killed start may have left a server that is still going down, or one
   * whose watcher was killed too: it is told to stop. Or a pid file whose number belongs to somebody else by now:
   * PostgreSQL would take that stranger for a server, so the file goes. Any other pid file stays, because PostgreSQL reads
   * there which shared memory the last processes of a killed server may still be holding.
   */
  async clearRemains(): Promise<void> {
    const stray = this.postmaster()?.pid;
    if (stray === undefined) return;
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (!isPostmasterOf(stray, this.cluster)) break;
      signalTo(stray, signal);
      for (let tries = 0; tries < 100 && isPostmasterOf(stray, this.cluster); tries++) await delay(50);
    }
    if (isPostmasterOf(stray, this.cluster)) throw inUse(this.path, stray);
    if (processIdentity(stray) !== null) rmSync(join(this.cluster, 'postmaster.pid'), { force: true });
  }

  /** What PostgreSQL says of itself in postmaster.pid; of a killed one, what it said last. */
  postmaster(): Postmaster | null {
    try {
      const lines = readFileSync(join(this.cluster, 'postmaster.pid'), 'utf8').split('\n');
      return { pid: Number(lines[0]), startedAt: lines[2] ?? '', ready: lines[7]?.trim() === 'ready' };
    } catch {
      return null;
    }
  }

  /** The last resort where a server does not end although it was asked to. */
  abort(): void {
    const pid = this.postmaster()?.pid;
    if (pid && isPostmasterOf(pid, this.cluster)) signalTo(pid, 'SIGQUIT');
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went by itself between the look and the signal.
  }
}

function inUse(path: string, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data in ${path} are already in use by process ${pid}.`,
    'Stop that one first, or give this start another DATA_DIR (and another PORT and SIM_PORT).',
  );
}
