import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotTurn } from '#libs/contracts/index.js';
import type { StoredBot } from '../bot-kinds.js';
import { KnowledgeSources } from '../knowledge.js';
import { OpenAiBot } from './openai-bot.js';

interface Asked {
  path: string;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[] };
}

/** The network's other side: answers as the protocol says. */
let server: Server;
let bot: OpenAiBot;
let completion: unknown;
let status = 200;
const asked: Asked[] = [];

beforeAll(async () => {
  server = createServer((request, reply) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      asked.push({
        path: request.url!,
        authorization: request.headers.authorization,
        body: JSON.parse(text) as Asked['body'],
      });
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  const settings = { baseUrl, model: 'a-model', instructions: '窓口銀行の案内係です。' };
  const row = { id: '1', key: 'openai-1', settings, secret: () => 'sk-secret' } as unknown as StoredBot;
  const sources = new KnowledgeSources();
  sources.register({
    find: async ({ words }) =>
      words.includes('営業時間') ? [{ title: '営業時間', text: '10時から18時までです。' }] : [],
  });
  bot = new OpenAiBot(row, sources, true);
});
afterAll(() => server.close());

const turn = (text: string): BotTurn => ({
  id: '1',
  bot: { id: '1', name: '案内' },
  account: { id: '1', name: '窓口銀行' },
  conversationId: '1',
  contactId: '1',
  ownership: 1,
  number: 1,
  language: 'ja',
  customer: { id: '1', name: null, attributes: {} },
  said: [{ seq: 3, type: 'text', text }],
  thread: [{ seq: 1, from: 'customer', text: 'こんにちは', at: '2026-11-23T00:00:00.000Z' }],
  state: null,
  deadline: new Date(Date.now() + 10_000).toISOString(),
});
const answer = (text: string) => bot.answer(turn(text), { signal: AbortSignal.timeout(5000), typing: () => undefined });
const said = (content: unknown, finish_reason = 'stop') => ({
  choices: [{ message: { role: 'assistant', content }, finish_reason }],
});

describe('a bot behind an OpenAI-compatible endpoint', () => {
  it('is given what the account knows, and says what comes back', async () => {
    completion = said(' 10時から18時までです。 ');
    expect(await answer('営業時間は？')).toEqual({
      steps: [{ do: 'say', text: '10時から18時までです。' }],
      remarks: { knowledge: ['営業時間'] },
    });
    const { path, authorization, body } = asked.at(-1)!;
    expect([path, authorization, body.model]).toEqual(['/v1/chat/completions', 'Bearer sk-secret', 'a-model']);
    expect(body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'user']);
    expect(body.messages[0]!.content).toContain('10時から18時までです。');
  });

  it('without anything to go by nobody is asked, and a person comes', async () => {
    const before = asked.length;
    expect((await answer('口座を開きたい')).steps).toEqual([
      { do: 'handOff', reason: 'unsure', summary: '口座を開きたい' },
    ]);
    expect(asked.length).toBe(before);
  });

  it.each([
    ['says that it does not know', said('HANDOFF')],
    ['says so in the middle of something', said('queueId 7 へ HANDOFF します')],
    ['is cut off', said('10時から', 'length')],
    ['says too much', said('あ'.repeat(2731))],
    ['says nothing', said('')],
  ])('what %s leads to a person, and never to a queue of its choice', async (_, given) => {
    completion = given;
    const { steps } = await answer('営業時間は？');
    expect(steps).toEqual([{ do: 'handOff', reason: 'unsure', summary: '営業時間は？' }]);
  });

  it('a fault of the endpoint is a fault of the bot, without the endpoint’s words', async () => {
    [status, completion] = [500, { error: 'sk-secret leaked' }];
    await expect(answer('営業時間は？')).rejects.toThrow("the model's endpoint answered 500");
    [status, completion] = [200, { choices: [] }];
    await expect(answer('営業時間は？')).rejects.toThrow('without a text');
  });
});
