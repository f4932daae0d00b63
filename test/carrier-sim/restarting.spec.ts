import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../../apps/carrier-sim/simulator.js';
import { BotListener } from './bot-listener.js';
import { botId, hanako, simBot, Stage } from './stage.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carrier-sim-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('a restart', () => {
  it('keeps handsets, threads, files, and what the bot has not been told', async () => {
    const first = await Stage.open({ dataDir });
    await first.sets(hanako, { name: '山田 花子', carrier: 'au', receipts: false });
    const told = await first.writes(hanako, '一通目');
    await first.bot.until(() => first.bot.bodies('message').length === 1, 'the first message');
    const base64 = Buffer.from('picture').toString('base64');
    await first.acts(hanako, 'messages', { media: { name: 'a.png', mimeType: 'image/png', base64 } });
    await first.bot.until(() => first.bot.bodies('message').length === 2, 'the picture');
    await first.says('お返事');
    await expect.poll(async () => (await first.screen(hanako)).length).toBe(3);
    const held = await first.says('待って', { userContact: hanako });
    first.bot.answer = () => 500;
    const untold = await first.writes(hanako, '二通目');
    const pressed = await first.acts(hanako, 'presses', { suggestion: { displayText: 'はい', postback: 'yes' } });
    await expect.poll(async () => (await first.screen(hanako)).length).toBe(6);
    const before = await first.screen(hanako);
    await first.simulator.close();

    first.bot.answer = () => 200;
    const heard = first.bot.bodies('message').length;
    const second = await Stage.open({ dataDir }, {}, first.bot);
    await second.bot.until(() => second.bot.bodies('response').length === 1, 'the press');
    const late = second.bot
      .bodies()
      .filter((body) => ['message', 'response'].includes(body.event))
      .slice(heard);
    expect(late.map((body) => body.RCSMessage.msgId)).toEqual([untold, pressed.body.msgId]);
    expect(late.map((body) => body.RCSMessage.msgId)).not.toContain(told);
    await second.bot.until(() => second.bot.statuses(held).includes('delivered'), 'the report');
    await expect.poll(async () => (await second.screen(hanako)).at(-1)?.state).toBe('delivered');
    const after = await second.screen(hanako);
    expect(after.map(({ id, place }) => [id, place])).toEqual(before.map(({ id, place }) => [id, place]));
    const { handsets } = (await second.request('GET', '/handsets')).body;
    expect(handsets[0]).toMatchObject({ name: '山田 花子', carrier: 'au', receipts: false });
    const picture = after[1]?.content;
    const served = await fetch(second.simulator.url + (picture?.type === 'media' ? picture.url : '/'));
    expect(await served.text()).toBe('picture');
    const newest = await second.writes(hanako, '三通目');
    expect((await second.screen(hanako)).at(-1)).toMatchObject({ id: newest, place: 7 });
    await second.close();
  });

  it('forgives half a last line, and not a damaged file', async () => {
    const first = await Stage.open({ dataDir });
    const msgId = await first.writes(hanako, '残る');
    await first.close();
    const journal = join(dataDir, 'carrier-sim', 'journal.jsonl');
    await appendFile(journal, '{"kind":"entry","id":"torn","val');
    const second = await Stage.open({ dataDir });
    expect((await second.screen(hanako)).map(({ id }) => id)).toEqual([msgId]);
    await second.close();
    expect(await readFile(journal, 'utf8')).not.toContain('torn');
    await appendFile(journal, 'nonsense\n{}\n{}\n');
    await expect(Stage.open({ dataDir })).rejects.toThrow(/damaged at line/);
  });
});

describe('the program', () => {
  const main = join(import.meta.dirname, '../../dist/apps/carrier-sim/main.js');
  const start = (env: Record<string, string>): ChildProcess =>
    fork(main, { env: { ...process.env, DATA_DIR: dataDir, SIM_PORT: '0', ...env }, stdio: 'pipe', execArgv: [] });

  it('says when it is ready, has five handsets, and goes with its parent', async () => {
    const ear = await BotListener.start();
    const child = start({ SIM_BOTS: JSON.stringify([simBot(ear)]) });
    const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string }];
    expect(message).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    const { handsets } = (await (await fetch(`${message.url}/handsets`)).json()) as { handsets: { name: string }[] };
    expect(handsets.map(({ name }) => name)).toEqual(['山田 花子', '佐藤 健', '鈴木 美咲', '田中 一郎', '伊藤 葵']);
    expect((await fetch(`${message.url}/bots`).then((answer) => answer.text())).includes('static-token')).toBe(false);
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    await ear.close();
  });

  it('loses nothing that a phone was told 201 for, even when it is killed', async () => {
    const ear = await BotListener.start();
    ear.answer = () => 503;
    const env = { SIM_BOTS: JSON.stringify([simBot(ear)]) };
    const killed = start(env);
    const [{ url }] = (await once(killed, 'message')) as [{ url: string }];
    const headers = { 'content-type': 'application/json' };
    const written = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const body = JSON.stringify({ botId, text: `${index}` });
        const number = `+8190000000${String(index % 4).padStart(2, '0')}`;
        const answer = await fetch(`${url}/handsets/${number}/messages`, { method: 'POST', headers, body });
        return ((await answer.json()) as { msgId: string }).msgId;
      }),
    );
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    ear.answer = () => 200;
    const revived = start(env);
    await ear.until(() => new Set(ear.bodies('message').map((body) => body.RCSMessage.msgId)).size === 40, 'all forty');
    expect(
      ear
        .bodies('message')
        .map((body) => body.RCSMessage.msgId)
        .sort(),
    ).toEqual(written.sort());
    revived.kill('SIGTERM');
    expect(await once(revived, 'exit')).toEqual([0, null]);
    await ear.close();
  });

  it.each<[string, (port: number) => Record<string, string>, RegExp]>([
    ['a taken port', (port) => ({ SIM_PORT: String(port) }), /Port \d+ is taken/],
    ['a port that is none', () => ({ SIM_PORT: 'x' }), /SIM_PORT/],
    ['bots that are no JSON', () => ({ SIM_BOTS: '[' }), /SIM_BOTS/],
    ['a bot without a name', () => ({ SIM_BOTS: '[{"botId":"x"}]' }), /SIM_BOTS\[0\]\.name/],
  ])('ends with one clear line on %s', async (_what, env, line) => {
    const other = await startSimulator({ port: 0, bots: [] });
    const child = start(env(other.port));
    let told = '';
    child.stderr?.on('data', (part: Buffer) => (told += part.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    await other.close();
    expect(code).toBe(1);
    expect(told.trim().split('\n')).toEqual([expect.stringMatching(line)]);
  });
});
