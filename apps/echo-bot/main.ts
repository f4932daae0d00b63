import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotAnswer, BotTurn } from '#libs/contracts/index.js';

/**
 * The smallest bot in a process of its own: says again what the customer says, and calls a person at the word 「人」.
 *
 *   ECHO_SECRET=whsec_…  ECHO_PORT=3002  npm run echo-bot
 */
const secret = process.env['ECHO_SECRET'] ?? '';
const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
const BODY_BYTES = 1024 * 1024;

function answer({ said }: BotTurn): BotAnswer {
  const texts = said.map((words) => (words.type === 'text' ? words.text : words.type === 'press' ? words.label : '…'));
  if (texts.includes('人')) return { steps: [{ do: 'handOff', reason: 'asked', summary: texts.join('\n') }] };
  return { steps: [{ do: 'say', text: texts.join('\n') }] };
}

/** Standard Webhooks: the console signs with the secret that it showed when the bot was made. */
function isSigned(headers: NodeJS.Dict<string | string[]>, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(at)) < 300)) return false;
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(at)}.${body}`)
    .digest();
  return String(signatures)
    .split(' ')
    .map((each) => Buffer.from(each.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

const server = createServer((request, reply) => {
  const parts: Buffer[] = [];
  let size = 0;
  request.on('data', (part: Buffer) => ((size += part.length) > BODY_BYTES ? request.destroy() : parts.push(part)));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    if (!isSigned(request.headers, body)) return void reply.writeHead(401).end();
    reply
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer(JSON.parse(body) as BotTurn)));
  });
});

if (key.length < 24) throw new Error('ECHO_SECRET must be the secret that the console showed when the bot was made.');
server.listen(Number(process.env['ECHO_PORT'] ?? 3002), '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (process.send) process.send({ ready: true, url });
  else process.stdout.write(`The echo bot listens at ${url}\n`);
});
if (process.send) process.on('disconnect', () => process.exit(0));
