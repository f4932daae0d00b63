import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '#libs/agents/index.js';
import { ProcessNode } from '../support/process-node.js';
import { MASTER_KEY, World } from '../support/world.js';

const program = fileURLToPath(new URL('../../dist/apps/console/add-admin.js', import.meta.url));

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world?.close());

const env = () => ({ ...process.env, DATABASE_URL: world.database.url, MASTER_KEY });
const addAdmin = (...words: string[]) => promisify(execFile)(process.execPath, [program, ...words], { env: env() });

describe('a real installation', () => {
  it('gets its first administrator by one command, who can sign in with what it printed', async () => {
    const { stdout } = await addAdmin('boss@example.jp', '山本 由紀');
    const password = /only now: (\S+)/.exec(stdout)?.[1];
    const answer = await fetch(`${world.first.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'boss@example.jp', password }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ agent: { name: '山本 由紀', role: 'admin', visibility: 'all' } });
  });

  it('says what is wrong with a word that is no address, and with one that is taken', async () => {
    await expect(addAdmin('nobody')).rejects.toMatchObject({ code: 2 });
    await addAdmin('twice@example.jp');
    await expect(addAdmin('twice@example.jp')).rejects.toMatchObject({ code: 1 });
  });

  it('refuses to serve while somebody has the password that everybody knows, before it listens', async () => {
    const node = await ProcessNode.start(world.database.url, { MASTER_KEY });
    await node.stopped();
    await world.person({ email: 'aoi@demo.example', password: DEMO_PASSWORD });
    await expect(ProcessNode.start(world.database.url, { MASTER_KEY })).rejects.toThrow(/aoi@demo\.example/);
  });
});
