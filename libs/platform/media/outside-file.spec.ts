import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { lookup } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OutsideFile, type OutsideRules } from './outside-file.js';

let server: Server;
let port: number;
let asked = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/silent') return void response.writeHead(200).write('a');
    response.end('content');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const resolvesTo = (...addresses: string[]) =>
  ((_host: string, _options: unknown, done: (fault: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )) as unknown as typeof lookup;

const outside = (may: 'no' | 'public' | 'anywhere', rules: Partial<OutsideRules> = {}) =>
  new OutsideFile({ may: async () => may, limit: 1000, wholeMs: 5_000, silenceMs: 150, ...rules });

async function textOf(file: OutsideFile, url: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await file.open(url)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

it('a name that leads into a private network is never connected to, also when only one of its addresses does', async () => {
  for (const addresses of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['10.0.0.1'], []]) {
    const file = outside('public', { lookup: resolvesTo(...addresses) });
    await expect(textOf(file, `http://files.example:${port}/`)).rejects.toMatchObject({ why: 'notOurs' });
  }
  for (const host of ['127.0.0.1', '[::1]', '2130706433', '0x7f.1']) {
    await expect(textOf(outside('public'), `http://${host}:${port}/`)).rejects.toMatchObject({ why: 'notOurs' });
  }
  expect(asked).toBe(0);
});

it('a host that may stand inside is fetched from', async () => {
  expect(await textOf(outside('anywhere'), `http://127.0.0.1:${port}/`)).toBe('content');
  await expect(textOf(outside('no'), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({ why: 'notOurs' });
});

it('a side that falls silent, or takes for ever, is given up', async () => {
  await expect(textOf(outside('anywhere'), `http://127.0.0.1:${port}/silent`)).rejects.toThrow('fell silent');
  const hasty = outside('anywhere', { wholeMs: 50, silenceMs: 10_000 });
  await expect(textOf(hasty, `http://127.0.0.1:${port}/silent`)).rejects.toThrow('took too long');
});
