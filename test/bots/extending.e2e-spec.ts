import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotView } from '#libs/contracts/index.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { ProcessNode } from '../support/process-node.js';
import { MASTER_KEY, World, type OfficialAccount } from '../support/world.js';
import type { AgentDesk } from '../support/agent-desk.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

let world: World;
let account: OfficialAccount;
let admin: AgentDesk;
let place: string;
let node: ProcessNode | undefined;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'madoguchi-package-'));
  world = await World.open({}, { role: 'web' });
  account = await world.account();
  admin = await world.agent(account, { role: 'admin', visibility: 'all' });
});
afterAll(async () => {
  await node?.stopped();
  await world?.close();
  await rm(place, { recursive: true, force: true });
});

describe('a bot written from docs/extending.md', () => {
  it('is built as a package of its own, loaded by a console, and answers', async () => {
    const page = await readFile(join(root, 'docs/extending.md'), 'utf8');
    const blocks = [...page.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
    expect(blocks.map(([, file]) => file)).toEqual(['package.json', 'tsconfig.json', 'src/hours-bot.ts']);
    for (const [, file, text] of blocks) {
      await mkdir(dirname(join(place, file!)), { recursive: true });
      await writeFile(join(place, file!), text!);
    }
    // What `npm install ../madoguchi` does.
    await mkdir(join(place, 'node_modules'));
    await symlink(root, join(place, 'node_modules/madoguchi'));
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', place]).catch(
      (fault: { stdout: string }) => expect.fail(fault.stdout),
    );

    node = await ProcessNode.start(world.database.url, { MASTER_KEY, DATA_DIR: world.dataDir, BOT_PACKAGES: place });
    const bot = await eventually(async () => {
      const bots = await admin.get<BotView[]>('/api/bots');
      return bots.find(({ key }) => key === 'hours');
    }, 'the bot to have its row');
    expect(bot.name).toBe('営業時間の案内');
    await admin.send('PUT', `/api/bots/accounts/${account.id}`, { botIds: [bot.id] });

    const carrier = new Carrier(node.url, account);
    const phone = '+819012340002';
    const said = async (count: number): Promise<string[]> => {
      const row = await admin.conversationWith({ phone });
      return eventually(async () => {
        const messages = (await admin.messages(row.id)).filter(({ author }) => author.kind === 'bot');
        return messages.length >= count && messages.map(({ content }) => (content.type === 'text' ? content.text : ''));
      }, `${count} answers of the bot`);
    };
    await carrier.tells(carrier.message(phone, '営業時間を教えてください'));
    expect(await said(1)).toEqual(['10時から18時までです。ご来店を予約しますか。']);
    await carrier.tells(carrier.message(phone, 'やはり別の話です'));
    const { id } = await admin.conversationWith({ phone });
    await eventually(async () => (await admin.detail(id)).handOff, 'a person, behind a bot that passes');
  });

  it('a package that cannot be loaded stops the start, and says why', async () => {
    await expect(
      ProcessNode.start(world.database.url, { MASTER_KEY, BOT_PACKAGES: join(place, 'nowhere') }),
    ).rejects.toThrow(/BOT_PACKAGES.*nowhere/s);
  });
});
