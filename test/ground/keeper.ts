import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { transformWithOxc } from 'vite';
import { expect, vi } from 'vitest';

interface Told {
  step?: string;
  url?: string;
  fault?: string;
  name?: string;
  remedy?: string;
}

const launcher = fileURLToPath(new URL('../../libs/platform/database/embedded/', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** The launcher as plain JavaScript, from the sources as they are now: the processes start quickly and need no build. */
export async function compileLauncher(): Promise<{ entry: string; remove(): void }> {
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, 'launcher-'));
  for (const file of readdirSync(launcher).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
    const { code } = await transformWithOxc(readFileSync(join(launcher, file), 'utf8'), join(launcher, file));
    writeFileSync(join(place, file.replace(/ts$/, 'js')), code);
  }
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  return { entry: join(place, 'index.js'), remove: () => rmSync(place, { recursive: true }) };
}

/** A process that runs an embedded PostgreSQL, seen from outside. */
export class Keeper {
  readonly told: Told[] = [];
  private readonly child: ChildProcess;
  readonly gone: Promise<unknown>;

  constructor(
    entry: string,
    private readonly dataDir: string,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    const program = fileURLToPath(new URL('postgres-keeper.mjs', import.meta.url));
    this.child = spawn(process.execPath, [program, entry, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], env });
    let rest = '';
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      this.told.push(...lines.map((line) => JSON.parse(line) as Told));
    });
    this.gone = once(this.child, 'close');
  }

  /** The address, once it serves. */
  async serves(): Promise<string> {
    return (
      (await this.hears((each) => each.url ?? each.fault)).url ?? expect.fail(`refused: ${JSON.stringify(this.told)}`)
    );
  }

  /** The two sentences with which it gave up. */
  async refuses(): Promise<Told> {
    const told = await this.hears((each) => each.url ?? each.fault);
    expect(told.fault, 'it serves although it should not').toBeDefined();
    return told;
  }

  async hears(wanted: (told: Told) => unknown): Promise<Told> {
    return await vi.waitFor(() => this.told.find(wanted) ?? expect.fail(`heard only ${JSON.stringify(this.told)}`), {
      timeout: 25_000,
      interval: 20,
    });
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.gone;
  }

  /** Node alone, the way the system does it when memory runs out. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  get cluster(): string {
    return join(this.dataDir, 'postgres', 'cluster');
  }

  get postmaster(): number {
    return Number(readFileSync(join(this.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** The shell between Node and the postmaster. */
  get watcher(): number {
    return Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${this.postmaster}/status`, 'utf8'))?.[1]);
  }

  /** Every process that still works in the data directory. */
  get processes(): number[] {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => {
        try {
          return pid > 0 && readlinkSync(`/proc/${pid}/cwd`) === this.cluster;
        } catch {
          return false;
        }
      });
  }

  async leavesNothing(): Promise<void> {
    await vi.waitFor(() => expect(this.processes).toEqual([]), { timeout: 10_000, interval: 20 });
  }
}

export async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.map((row: T[]) => row[0] as T);
  } finally {
    await client.end();
  }
}
