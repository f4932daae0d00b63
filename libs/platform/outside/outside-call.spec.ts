import type { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOutside, OutsideCallFailed, type OutsideCallOptions } from './outside-call.js';

let server: Server;
let url: string;
let asked = 0;
let behave: (reply: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, reply) => {
    asked += 1;
    request.resume().on('end', () => behave(reply));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (more: Partial<OutsideCallOptions> = {}) =>
  callOutside({ url, headers: {}, body: '{}', inside: true, limit: 100, signal: AbortSignal.timeout(5000), ...more });
const why = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (fault: unknown) => (fault instanceof OutsideCallFailed ? fault.why : String(fault)),
  );
const leadingTo = (...addresses: string[]): typeof lookup =>
  ((_: string, __: object, done: (fault: null, found: { address: string; family: number }[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )) as unknown as typeof lookup;

describe('a call to an address that somebody typed in', () => {
  it('brings status and body', async () => {
    behave = (reply) => void reply.writeHead(418).end('はい');
    expect(await call()).toEqual({ status: 418, body: 'はい' });
  });

  it('does not lead into a private network: written out, by name, or with one private address among public ones', async () => {
    const before = asked;
    expect(await why(call({ inside: false }))).toBe('private');
    const port = new URL(url).port;
    const named = { inside: false, url: `http://bot.example:${port}/` };
    expect(await why(call({ ...named, lookup: leadingTo('127.0.0.1') }))).toBe('private');
    expect(await why(call({ ...named, lookup: leadingTo('93.184.215.14', '10.0.0.1') }))).toBe('private');
    expect(asked).toBe(before);
  });

  it('follows nothing, and reads no more than it may', async () => {
    behave = (reply) => void reply.writeHead(307, { location: url }).end();
    const before = asked;
    expect(await why(call())).toBe('redirect');
    expect(asked).toBe(before + 1);
    behave = (reply) => void reply.writeHead(200).end('a'.repeat(101));
    expect(await why(call())).toBe('tooLarge');
  });

  it('says apart what may be tried again, and ends with its signal', async () => {
    behave = (reply) => void reply.socket!.destroy();
    expect(await why(call())).toBe('connection');
    expect(await why(call({ url: 'http://127.0.0.1:1/' }))).toBe('connection');
    behave = () => undefined;
    expect(await why(call({ signal: AbortSignal.timeout(50) }))).toBe('ended');
    behave = (reply) => void reply.writeHead(200).write('half');
    expect(await why(call({ signal: AbortSignal.timeout(80) }))).toBe('ended');
  });
});
