import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotView } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { MASTER_KEY, World, type OfficialAccount } from '../support/world.js';

const program = fileURLToPath(new URL('./doomed-node.mjs', import.meta.url));

let world: World;
let account: OfficialAccount;
let admin: AgentDesk;
let doomed: ChildProcess;

beforeAll(async () => {
  // The node of this process takes no jobs until the other one is gone: whoever asks the bot is sure to die.
  world = await World.open({}, { role: 'web' });
  account = await world.account();
  admin = await world.agent(account, { role: 'admin', visibility: 'all' });
  doomed = fork(program, {
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      MASTER_KEY,
      PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1',
      DATA_DIR: world.dataDir,
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await eventually(
    () => new Promise<boolean>((resolve) => doomed.once('message', (said) => resolve('url' in (said as object)))),
    'the node to listen',
  );
});
afterAll(async () => {
  doomed?.kill('SIGKILL');
  await world?.close();
});

describe('a process dies while its bot thinks', () => {
  it('the customer is told once, gets a person, and nothing is said twice', async () => {
    const bot = await eventually(
      async () => (await admin.get<BotView[]>('/api/bots')).find(({ key }) => key === 'thinker'),
      'the bot to have its row',
    );
    await admin.send('PUT', `/api/bots/accounts/${account.id}`, { botIds: [bot.id] });
    const asked = once(doomed, 'message');
    const carrier = new Carrier(world.first.url, account);
    await carrier.tells(carrier.message('+819012340001', 'こんにちは'));
    expect((await asked)[0]).toEqual({ asked: true });
    const gone = once(doomed, 'exit');
    doomed.kill('SIGKILL');
    await gone;
    // The bot is known here by its row only: it cannot be asked a second time, and must not be waited for.
    await world.node({ role: 'worker' });
    const [row] = await eventually(
      async () => {
        const rows = await admin.rows('unassigned');
        return rows.length > 0 && rows;
      },
      'the contact to come to people',
      20_000,
    );
    expect(row!.contact).toMatchObject({ state: 'queued', firstReplyAt: null });
    expect((await admin.detail(row!.id)).handOff).toMatchObject({ reason: 'failed' });
    const texts = (await admin.messages(row!.id)).filter(
      ({ kind, author }) => kind === 'message' && author.kind !== 'customer',
    );
    expect(texts).toHaveLength(1);
    const turns = await world.query<{ outcome: string }>('select outcome from bot_turns');
    expect(turns).toEqual([{ outcome: 'failed' }]);
  });
});
