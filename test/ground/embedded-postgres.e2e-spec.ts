import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, compileLauncher, Keeper } from './keeper.js';

// What is killed here is found through /proc.
describe.runIf(process.platform === 'linux')('an embedded PostgreSQL', () => {
  let launcher: Awaited<ReturnType<typeof compileLauncher>>;
  /** Data of a first start that was stopped cleanly: what most tests begin with. */
  let used: string;
  let dataDir: string;
  let keepers: Keeper[];

  beforeAll(async () => {
    launcher = await compileLauncher();
    used = mkdtempSync(join(tmpdir(), 'madoguchi-ground-'));
    const first = new Keeper(launcher.entry, used);
    await first.serves();
    await first.stop();
  });

  afterAll(() => {
    launcher.remove();
    rmSync(used, { recursive: true, force: true });
  });

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-ground-'));
    keepers = [];
  });

  afterEach(async () => {
    await Promise.all(keepers.map((keeper) => keeper.kill()));
    for (const keeper of keepers) await keeper.leavesNothing();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function start(env?: NodeJS.ProcessEnv): Keeper {
    const keeper = new Keeper(launcher.entry, dataDir, env);
    keepers.push(keeper);
    return keeper;
  }

  function startUsed(): Keeper {
    cpSync(used, dataDir, { recursive: true });
    rmSync(join(dataDir, 'postgres', 'port')); // the tests run beside others of their kind
    return start();
  }

  async function write(url: string, note: string): Promise<void> {
    await ask(url, `create table if not exists notes (note text)`);
    await ask(url, `insert into notes values ('${note}')`);
  }

  const notes = (url: string) => ask<string>(url, 'select note from notes order by note');

  it('keeps its data and its address from one start to the next, and leaves no process between them', async () => {
    const first = start();
    const url = await first.serves();
    await write(url, 'kept');
    await first.stop();
    expect(first.processes).toEqual([]);
    const again = start();
    expect(await again.serves()).toBe(url);
    expect(await notes(url)).toEqual(['kept']);
  });

  it('listens on loopback alone, asks for a password, and shows it to nobody but the owner', async () => {
    const keeper = start();
    const url = await keeper.serves();
    expect(await ask(url, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(statSync(keeper.cluster).mode & 0o077).toBe(0);
    const wrong = new URL(url);
    wrong.password = 'madoguchi';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('goes down when its process is killed, and is up again with everything at the next start', async () => {
    const first = startUsed();
    await write(await first.serves(), 'before the kill');
    await first.kill();
    const next = start(); // at once: the old one may still be going down
    expect(await notes(await next.serves())).toEqual(['before the kill']);
    await next.stop();
    await next.leavesNothing();
  });

  it('starts again when everything was killed at once', async () => {
    const first = startUsed();
    await write(await first.serves(), 'before the kill');
    const { watcher, postmaster } = first;
    process.kill(watcher, 'SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await first.kill();
    expect(await notes(await start().serves())).toEqual(['before the kill']);
  });

  it('ends a server that outlived both its process and its watcher', async () => {
    const first = startUsed();
    await write(await first.serves(), 'before the kill');
    const { watcher, postmaster } = first;
    process.kill(watcher, 'SIGKILL');
    await first.kill();
    expect(first.processes).toContain(postmaster);
    const next = start();
    expect(await notes(await next.serves())).toEqual(['before the kill']);
    expect(next.processes).not.toContain(postmaster);
  });

  it('is up again at the same address when the server alone is killed', async () => {
    const keeper = startUsed();
    const url = await keeper.serves();
    await write(url, 'before the kill');
    const { postmaster } = keeper;
    process.kill(postmaster, 'SIGKILL');
    await keeper.hears(({ step }) => step?.includes('ended unexpectedly'));
    await vi.waitFor(async () => expect(await notes(url)).toEqual(['before the kill']), {
      timeout: 15_000,
      interval: 50,
    });
    expect(keeper.postmaster).not.toBe(postmaster);
    await keeper.stop();
    await keeper.leavesNothing();
  });

  it('is not fooled by a pid file whose number belongs to somebody else by now', async () => {
    const first = startUsed();
    await write(await first.serves(), 'kept');
    await first.stop();
    writeFileSync(
      join(first.cluster, 'postmaster.pid'),
      `${process.pid}\n${first.cluster}\n1700000000\n5432\n\n\n\nready   \n`,
    );
    writeFileSync(join(dataDir, 'postgres', 'owner'), `${process.pid}\nsomebody of last week\n`);
    expect(await notes(await start().serves())).toEqual(['kept']);
  });

  it('refuses a second start on the same data with a sentence, and the first does not notice', async () => {
    const first = startUsed();
    const url = await first.serves();
    const { fault, name, remedy } = await start().refuses();
    expect(name).toBe('EmbeddedPostgresError');
    expect(fault).toMatch(/already in use by process \d+/);
    expect(remedy).toMatch(/DATA_DIR/);
    expect(await ask(url, 'select 1')).toEqual([1]);
  });

  it('lets one of two first starts at the same instant through', async () => {
    const both = [start(), start()];
    const told = await Promise.all(both.map((keeper) => keeper.hears(({ url, fault }) => url ?? fault)));
    expect(told.filter(({ url }) => url)).toHaveLength(1);
    expect(told.find(({ fault }) => fault)?.fault).toMatch(/already in use/);
  });

  it('takes another port where the one of last time is taken', async () => {
    const first = startUsed();
    const url = await first.serves();
    await first.stop();
    const stranger: Server = createServer();
    await new Promise<void>((listening) => stranger.listen(Number(new URL(url).port), '127.0.0.1', listening));
    try {
      const moved = await start().serves();
      expect(new URL(moved).port).not.toBe(new URL(url).port);
      expect(await ask(moved, 'select 1')).toEqual([1]);
    } finally {
      stranger.close();
    }
  });

  it('begins anew after a first start that was killed half way', async () => {
    mkdirSync(join(dataDir, 'postgres', 'cluster.new', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'cluster.password'), 'half');
    expect(await ask(await start().serves(), 'select 1')).toEqual([1]);
  });

  it('says in two sentences when it may not write where it should', async () => {
    writeFileSync(join(dataDir, 'postgres'), 'a file where a directory should be');
    const { fault, remedy } = await start().refuses();
    expect(fault).toMatch(/cannot be written\.$/);
    expect(remedy).toMatch(/DATA_DIR/);
  });

  it('names the version it would need for data of another one', async () => {
    const first = startUsed();
    await first.serves();
    await first.stop();
    writeFileSync(join(first.cluster, 'PG_VERSION'), '9\n');
    expect((await start().refuses()).fault).toMatch(/made by PostgreSQL 9/);
  });

  it.runIf(process.getuid?.() === 0)('runs as a lesser user where root has no user namespaces', async () => {
    chmodSync(dataDir, 0o755); // else the data move to /var/lib/madoguchi, where the tests leave no trace
    const tools = join(dataDir, 'tools');
    mkdirSync(tools);
    for (const tool of ['sh', 'cat', 'chmod', 'kill']) symlinkSync(`/bin/${tool}`, join(tools, tool));
    const keeper = start({ ...process.env, PATH: tools });
    const url = await keeper.serves();
    expect(statSync(`/proc/${keeper.postmaster}`).uid).not.toBe(0);
    await write(url, 'kept');
    await keeper.stop();
    expect(await notes(await start({ ...process.env, PATH: tools }).serves())).toEqual(['kept']);
  });
});
