import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotToken, BotTurn, MadeBot } from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import type { OfficialAccount } from '../support/world.js';
import { Counter } from './counter.js';

const echo = fileURLToPath(new URL('../../dist/apps/echo-bot/main.js', import.meta.url));

let counter: Counter;
let elsewhere: Server;
let elsewhereUrl: string;
/** What the program at the other end does with a turn. */
let behave: (turn: BotTurn, reply: ServerResponse, request: IncomingMessage) => void;
const heard: { turn: BotTurn; headers: IncomingMessage['headers'] }[] = [];
let echoBot: ChildProcess | undefined;

beforeAll(async () => {
  counter = await Counter.open();
  elsewhere = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const turn = JSON.parse(body) as BotTurn;
      heard.push({ turn, headers: request.headers });
      behave(turn, reply, request);
    });
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/turns`;
});
afterAll(async () => {
  echoBot?.kill();
  elsewhere?.close();
  await counter?.close();
});

async function made(url: string): Promise<MadeBot & { account: OfficialAccount }> {
  const body = { kind: 'http', name: '外のボット', settings: { url } };
  const answer = await counter.admin.send<MadeBot>('POST', '/api/bots', body);
  expect(answer.status).toBe(201);
  const account = await counter.world.account();
  await counter.answeredBy([answer.body.bot.key], account);
  return { ...answer.body, account };
}

const says = (reply: ServerResponse, text: string): void =>
  void reply
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ steps: [{ do: 'say', text }] }));

async function brought(
  url: string,
  turnId: string,
  token: string,
  body: object,
): Promise<{ status: number; code?: string }> {
  const answer = await fetch(`${url}/api/bots/turns/${turnId}/answer`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { error } = (await answer.json()) as { error?: { code: string } };
  return { status: answer.status, ...(error ? { code: error.code } : {}) };
}

describe('a bot in a process of its own', () => {
  it('echoes what is signed, calls a person at its word, and is out with an old secret', async () => {
    const { bot, secret, account } = await made('http://127.0.0.1:9/');
    echoBot = fork(echo, { env: { ...process.env, ECHO_SECRET: secret!, ECHO_PORT: '0' } });
    const [said] = (await once(echoBot, 'message')) as [{ url: string }];
    await counter.admin.send('PATCH', `/api/bots/${bot.id}`, { settings: { url: said.url } });
    const caller = await counter.caller(account);
    await caller.writes('もしもし');
    expect(await caller.hears(1)).toEqual(['もしもし']);
    await caller.writes('人');
    await caller.hears(2);
    expect((await counter.admin.detail(await caller.id())).handOff).toMatchObject({ reason: 'asked', summary: '人' });

    const renewed = await counter.admin.send<MadeBot>('POST', `/api/bots/${bot.id}/secret`);
    expect(renewed.body.secret).toMatch(/^whsec_/);
    const next = await counter.caller(account);
    await next.writes('まだいますか');
    const [turn] = await counter.ended(await next.id());
    expect(turn).toMatchObject({ outcome: 'failed', fault: expect.stringContaining('401') });
  });

  it('may answer later, at any node, with its own token; once, in time, and nothing else', async () => {
    const { bot, account } = await made(elsewhereUrl);
    const { body } = await counter.admin.send<BotToken>('POST', `/api/bots/${bot.id}/token`);
    const strange = await made(elsewhereUrl);
    const { body: foreign } = await counter.admin.send<BotToken>('POST', `/api/bots/${strange.bot.id}/token`);
    const other = await counter.world.node({ role: 'web' });
    behave = (_, reply) => void reply.writeHead(202).end();
    const caller = await counter.caller(account);
    await caller.writes('あとで');
    const { turn } = await eventually(() => heard.find((each) => each.turn.bot.id === bot.id), 'the turn to be posted');
    const answer = { steps: [{ do: 'say', text: 'あとから答えます。' }] };
    expect(await brought(other.url, turn.id, 'mgb_' + 'x'.repeat(43), answer)).toEqual({
      status: 401,
      code: 'unauthenticated',
    });
    expect(await brought(other.url, turn.id, foreign.token, answer)).toEqual({ status: 404, code: 'not_found' });
    expect(await brought(other.url, turn.id, body.token, { steps: [{ do: 'say', text: '' }] })).toEqual({
      status: 400,
      code: 'invalid',
    });
    expect(await brought(other.url, turn.id, body.token, answer)).toEqual({ status: 202 });
    expect(await caller.hears(1)).toEqual(['あとから答えます。']);
    expect(await brought(other.url, turn.id, body.token, answer)).toEqual({ status: 202 });
    expect(await brought(other.url, turn.id, body.token, { steps: [] })).toEqual({ status: 409, code: 'conflict' });
    expect(await caller.texts()).toHaveLength(1);
    for (const path of ['/api/session', '/api/bots', `/api/conversations/${turn.conversationId}`]) {
      const asked = await fetch(other.url + path, { headers: { authorization: `Bearer ${body.token}` } });
      expect(asked.status).toBe(401);
    }
    // Kept as a hash only, and the one before is worth nothing.
    const kept = await counter.world.query<{ hash: Buffer }>('select hash from bot_tokens where bot_id = $1', [bot.id]);
    expect(kept[0]!.hash.toString('latin1')).not.toContain(body.token.slice(4));
    await counter.admin.send('POST', `/api/bots/${bot.id}/token`);
    expect((await brought(other.url, turn.id, body.token, answer)).status).toBe(401);
  });

  it('a cut connection is tried again with the same id; what answers wrongly is not', async () => {
    const { bot, account } = await made(elsewhereUrl);
    let cuts = 0;
    behave = (turn, reply, request) => {
      if (cuts++ === 0) return void request.socket.destroy();
      says(reply, `${turn.number}回目`);
    };
    const caller = await counter.caller(account);
    await caller.writes('切れる');
    expect(await caller.hears(1)).toEqual(['1回目']);
    const mine = heard.filter((each) => each.turn.bot.id === bot.id);
    expect(mine.map(({ headers }) => headers['webhook-id'])).toEqual([mine[0]!.turn.id, mine[0]!.turn.id]);

    const wrongs: [string, typeof behave, RegExp][] = [
      ['redirect', (_, reply) => void reply.writeHead(302, { location: elsewhereUrl }).end(), /302/],
      ['large', (_, reply) => says(reply, 'あ'.repeat(30_000)), /65536/],
      ['no json', (_, reply) => void reply.writeHead(200).end('はい'), /JSON/],
    ];
    for (const [words, wrong, fault] of wrongs) {
      behave = wrong;
      const before = heard.length;
      const next = await counter.caller(account);
      await next.writes(words);
      const [turn] = await counter.ended(await next.id());
      expect(turn).toMatchObject({ outcome: 'failed', fault: expect.stringMatching(fault) });
      expect(heard.length).toBe(before + 1);
    }
  });

  it('an address is looked at before it is kept', async () => {
    const refused = async (settings: object) =>
      (await counter.admin.send('POST', '/api/bots', { kind: 'http', name: 'ボット', settings })).body.error;
    expect(await refused({})).toMatchObject({ fields: [{ field: 'settings.url', rule: 'required' }] });
    expect(await refused({ url: 'ftp://bot.example/' })).toMatchObject({ fields: [{ rule: 'isHttps' }] });
    expect(await refused({ url: 'https://a:b@bot.example/' })).toMatchObject({ fields: [{ rule: 'isUrl' }] });
    expect(await refused({ url: `https://bot.example/${'a'.repeat(2048)}` })).toMatchObject({
      fields: [{ rule: 'tooLong', limit: 2048 }],
    });
    expect(await refused({ url: 'https://bot.example/', token: 'x' })).toMatchObject({
      fields: [{ field: 'settings.token', rule: 'unknown' }],
    });
    const agent = await counter.world.agent(counter.account);
    const { bot } = await made(elsewhereUrl);
    expect((await agent.send('POST', `/api/bots/${bot.id}/token`)).status).toBe(403);
  });
});
