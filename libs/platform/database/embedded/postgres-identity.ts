import { execFileSync, spawnSync, type SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const refuge = '/var/lib/madoguchi';

/**
 * As whom PostgreSQL runs. It refuses to be root, so root needs a way around, the least invasive first:
 *
 * 1. a user namespace (`unshare`) in which root looks like nobody: binaries and data stay where they are, even below a
 *    home that only root may enter;
 * 2. the user `postgres` or `nobody`: whatever that user cannot reach is copied to, or kept below, /var/lib/madoguchi.
 *
 * A container may forbid the first; where neither works, only a PostgreSQL from outside helps.
 */
export interface PostgresIdentity {
  /** Stands before the program to run. */
  prefix: string[];
  /** uid and gid of the second way. */
  options: Pick<SpawnOptions, 'uid' | 'gid'>;
  /** Gives a directory or file of ours to the one who runs PostgreSQL. */
  own(path: string): void;
  /** Where data meant for `directory` can lie. */
  place(directory: string): string;
  /** Binaries that the one who runs PostgreSQL can reach. */
  reach(binaries: Binaries): Binaries;
}

export function postgresIdentity(onStep: (text: string) => void): PostgresIdentity {
  if (process.getuid?.() !== 0) {
    return { prefix: [], options: {}, own: () => {}, place: (path) => path, reach: (binaries) => binaries };
  }
  const unshare = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
  if (spawnSync('unshare', [...unshare.slice(1), 'true'], { stdio: 'ignore' }).status === 0) {
    return { prefix: unshare, options: {}, own: () => {}, place: (path) => path, reach: (binaries) => binaries };
  }
  const user = lesserUser();
  if (!user) {
    throw new EmbeddedPostgresError(
      'PostgreSQL refuses to run as root, and this machine offers no other user to run it as.',
      'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL that runs elsewhere.',
    );
  }
  return {
    prefix: [],
    options: { uid: user.uid, gid: user.gid },
    own: (path) => chownSync(path, user.uid, user.gid),
    place: (path) => {
      if (isReachable(path)) return path;
      const mark = createHash('sha256').update(path).digest('hex').slice(0, 8);
      const place = join(refuge, mark);
      openTo(refuge);
      openTo(place);
      onStep(`PostgreSQL may not run as root; as '${user.name}' it keeps its data in ${place}`);
      return place;
    },
    reach: (binaries) => (isReachable(binaries.home) ? binaries : { ...binaries, home: copy(binaries) }),
  };
}

function lesserUser(): { name: string; uid: number; gid: number } | null {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  // initdb looks its user up by number, so it must be one that has a name.
  return users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody') ?? null;
}

/** Whether everybody may walk down to this path, or to the nearest directory above it that exists. */
function isReachable(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && !(statSync(at).mode & constants.S_IXOTH)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Made by root, whose umask may keep others out. */
function openTo(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
}

function copy({ home, version }: Binaries): string {
  const target = join(refuge, `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  openTo(refuge);
  cpSync(home, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // else another start was faster
  }
  return target;
}
