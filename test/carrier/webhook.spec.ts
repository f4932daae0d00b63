import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InboundHandlers, KeptEvents } from '#libs/carrier/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { openHouse, type House } from './house.js';

let house: House;
let wire: { id: string; accountId: string; key: string };

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

beforeEach(async () => {
  wire = await house.connect();
  house.received.length = 0;
  house.receiveWith(async (events) => void house.received.push(events));
});

const says = (text: string) => ({
  event: 'message',
  RCSMessage: { msgId: `m_${text}`, timestamp: '2026-01-05T03:04:05.678Z', textMessage: text },
  messageContact: { userContact: '+819000000001' },
});

function post(body: unknown, headers: Record<string, string> = {}, key = wire.key): Promise<Response> {
  return fetch(`${house.origin}/carrier/maap/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const keptOf = (id: string) =>
  house.query<{ reason: string; body: string }>(
    'select reason, body from carrier_events_kept where connection_id = $1',
    [id],
  );

describe('a webhook', () => {
  it('reaches the lib above with its account and connection', async () => {
    const response = await post(says('a'));
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    expect(house.received).toMatchObject([
      [{ kind: 'message', accountId: wire.accountId, connectionId: wire.id, content: { type: 'text', text: 'a' } }],
    ]);
  });

  it('is answered only after everything is committed', async () => {
    let commit: () => void = () => undefined;
    const begun = new Promise<void>((started) =>
      house.receiveWith(() => {
        started();
        return new Promise((resolve) => (commit = resolve));
      }),
    );
    let answered = false;
    const response = post(says('a')).finally(() => (answered = true));
    await begun;
    // A whole other request fits in between.
    await fetch(`${house.origin}/carrier/maap/${wire.key}`);
    expect(answered).toBe(false);
    commit();
    expect((await response).status).toBe(200);
  });

  it('is asked for again when the lib above is busy, with the pause', async () => {
    house.receiveWith(() => Promise.reject(new AppError(503, 'busy', 'Too much at once.', { retryAfterSeconds: 2 })));
    const response = await post(says('a'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ error: { code: 'busy' } });
  });

  it('is asked for again when the lib above fails, without telling why', async () => {
    house.receiveWith(() => Promise.reject(new Error('secret words')));
    const response = await post(says('a'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret words');
  });

  it.each(['application/vnd.gsma.botmessage.v1.0+json', 'text/plain', 'application/json; charset=utf-8', 'nonsense'])(
    'is JSON even when it calls itself %s',
    async (type) => {
      expect((await post(says('a'), { 'content-type': type })).status).toBe(200);
      expect(house.received).toHaveLength(1);
    },
  );
});

describe('who is calling', () => {
  beforeEach(async () => {
    wire = await house.connect({ verificationToken: 'word' });
  });

  it.each(['word', 'Bearer word'])('%j is let in', async (authorization) => {
    expect((await post(says('a'), { authorization })).status).toBe(200);
    const greeting = await fetch(`${house.origin}/carrier/maap/${wire.key}`, { headers: { authorization } });
    expect([greeting.status, await greeting.text()]).toEqual([200, 'ok']);
  });

  it.each([{}, { authorization: 'other' }])('%j is not', async (headers) => {
    const response = await post(says('a'), headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } });
    expect(
      (await fetch(`${house.origin}/carrier/maap/${wire.key}`, { headers: headers as Record<string, string> })).status,
    ).toBe(401);
    expect(house.received).toEqual([]);
  });
});

describe('an address that leads nowhere', () => {
  it.each(['maap/unknown', 'maap/%00', 'pigeon/KEY', 'cm/KEY', `maap/${'x'.repeat(90)}`])('%s', async (path) => {
    const response = await fetch(`${house.origin}/carrier/${path.replace('KEY', wire.key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(says('a')),
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
    expect(house.received).toEqual([]);
  });

  it('is also that of a connection switched off', async () => {
    expect((await post(says('a'))).status).toBe(200);
    await house.switchOff(wire);
    expect((await post(says('b'))).status).toBe(404);
    expect(house.received).toHaveLength(1);
  });
});

describe('what cannot be used', () => {
  it.each<[unknown, string]>([
    [{ event: 'healthProbe', note: 'a\0b' }, 'unknown event healthprobe'],
    [{ event: 'fileStatus', file: { status: 'ready' } }, 'fileStatus'],
    [[1, 2], 'not an object'],
    ['"words"', 'not an object'],
    ['null', 'not an object'],
  ])('%j is kept as it came and answered 200', async (body, reason) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    const kept = await keptOf(wire.id);
    expect(kept).toEqual([{ reason, body: typeof body === 'string' ? body : JSON.stringify(body) }]);
    expect(house.received).toEqual([]);
  });

  it('is kept even when it is nested too deeply to be written', async () => {
    expect((await post(`{"event":"odd","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).status).toBe(200);
    expect(await keptOf(wire.id)).toHaveLength(1);
  });

  it('does not stay for ever', async () => {
    await post({ event: 'old' });
    await post({ event: 'new' });
    await house.query(
      `update carrier_events_kept set received_at = now() - interval '31 days' where reason like '%old'`,
    );
    expect(await house.get(KeptEvents).dropOlderThan(30)).toBe(1);
    expect((await keptOf(wire.id)).map(({ reason }) => reason)).toEqual(['unknown event new']);
  });

  it('is refused when it is no JSON, in the one error shape', async () => {
    const response = await post('{"event":');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_json' } });
  });

  it('is refused with the limit when it is larger than 1 MiB', async () => {
    const long = (size: number) => ({ ...says('a'), note: 'x'.repeat(size) });
    expect((await post(long(1024 * 1024 - 400))).status).toBe(200);
    const response = await post(long(1024 * 1024));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: { code: 'body_too_large', fields: [{ limit: 1_048_576, unit: 'bytes' }] },
    });
  });
});

it('only one lib hears what comes in', () => {
  const second = { receive: () => Promise.resolve() };
  expect(() => house.get(InboundHandlers).register(second)).toThrow('already have a handler');
});
