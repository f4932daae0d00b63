import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { Steps } from '../../scripts/steps.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

let dataDir: string;
let ports: { PORT: string; SIM_PORT: string };
let started: ChildProcess[];

beforeAll(() => build(root, new Steps()), 120_000);

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-start-'));
  const [port, simPort] = await freePorts(2);
  ports = { PORT: String(port), SIM_PORT: String(simPort) };
  started = [];
});

afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  await vi.waitFor(() => expect(alive(postmaster())).toBe(false), { timeout: 10_000, interval: 20 });
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, ...options: string[]) {
  const { DATABASE_URL: _database, REDIS_URL: _redis, MASTER_KEY: _key, ...surroundings } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--as-built', ...options], {
    env: { ...surroundings, ...ports, DATA_DIR: dataDir, NODE_ENV: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => code as number);
  return {
    child,
    ended,
    get said() {
      return said;
    },
    ready: () =>
      Promise.race([
        vi.waitFor(() => expect(said).toContain('Ctrl-C stops everything'), { timeout: 50_000, interval: 50 }),
        ended.then((code) => expect.fail(`it ended with ${code}:\n${said}`)),
      ]),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))));
  const found = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return found;
}

function postmaster(): number | null {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

function alive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function signIn(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${ports.PORT}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'aoi@demo.example', password: 'madoguchi-demo' }),
  });
  return answer.status;
}

it('serves the demo from nothing, stops cleanly, and has everything at the next start, kill -9 included', async () => {
  const first = start();
  await first.ready();
  expect(first.said).toContain('madoguchi-demo');
  expect(await signIn()).toBeLessThan(300);
  expect((await fetch(`http://127.0.0.1:${ports.SIM_PORT}/handsets`)).status).toBe(200);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(postmaster()).toBeNull();

  const second = start();
  await second.ready();
  expect(second.said).not.toContain('Making');
  const server = postmaster();
  second.child.kill('SIGKILL');
  await second.ended;

  const third = start(); // at once: the database of the second is still going down
  await third.ready();
  expect(postmaster()).not.toBe(server);
  expect(await signIn()).toBeLessThan(300);
}, 120_000);

it('says which port is taken and how to choose another, before anything is made', async () => {
  const stranger: Server = createServer();
  for (const name of ['PORT', 'SIM_PORT'] as const) {
    await new Promise<void>((done) => stranger.listen(Number(ports[name]), '127.0.0.1', done));
    const refused = start();
    expect(await refused.ended).toBe(1);
    expect(refused.said).toContain(`Port ${ports[name]} is taken by another program.`);
    expect(refused.said).toContain(`${name}=`);
    expect(postmaster()).toBeNull();
    await new Promise((closed) => stranger.close(closed));
  }
});

it('lists every wrong setting, and says where it may not write', async () => {
  const wrong = start({ PORT: 'abc', ROLE: 'king', LOG_LEVEL: 'loud' });
  expect(await wrong.ended).toBe(1);
  expect(wrong.said).toMatch(/3 settings are wrong:\n {2}PORT: .*\n {2}ROLE: .*\n {2}LOG_LEVEL: /);
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  const nowhere = start({ DATA_DIR: file });
  expect(await nowhere.ended).toBe(1);
  expect(nowhere.said).toMatch(/DATA_DIR: .* cannot be written/);
});

it('names a database that is out of reach without its password', async () => {
  const [nobody] = await freePorts(1);
  const lost = start({ DATABASE_URL: `postgres://someone:hunter2@127.0.0.1:${nobody}/m` });
  expect(await lost.ended).toBe(1);
  expect(lost.said).toContain(`The database at 127.0.0.1:${nobody} cannot be reached`);
  expect(lost.said).not.toContain('hunter2');
});

it('does not go into production without a database and a key', async () => {
  const refused = start({}, '--production');
  expect(await refused.ended).toBe(1);
  expect(refused.said).toMatch(/DATABASE_URL: is required/);
  expect(refused.said).toMatch(/MASTER_KEY: is required/);
});
