import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MaapDriver, type OutboundMessage } from '#libs/carrier/index.js';
import { connectionTo, connectionWithFetchedToken, json, openGateway, type Gateway, type Heard } from './gateway.js';

const message: OutboundMessage = {
  address: { kind: 'phone', phone: '+819000000001' },
  content: { type: 'text', text: 'a' },
  ourKey: 'k1',
};
const tokenPath = '/oauth2/v1/token';

let gateway: Gateway;
let driver: MaapDriver;
let now: number;
/** The one token that the gateway takes, and what its token door says. */
let good: string;
let issue: (heard: Heard) => { status: number; body: unknown };

beforeEach(async () => {
  gateway = await openGateway();
  now = Date.parse('2026-01-01T00:00:00Z');
  driver = new MaapDriver({ timeoutMs: 2_000, now: () => now });
  good = 'token-1';
  issue = () => ({ status: 200, body: { access_token: good, token_type: 'Bearer', expires_in: 3600 } });
  gateway.answer((heard, response) => {
    if (heard.path === tokenPath) {
      const { status, body } = issue(heard);
      return json(response, status, body);
    }
    if (heard.headers.authorization !== `Bearer ${good}`) return json(response, 401, {});
    json(response, 202, { RCSMessage: { msgId: `m_${gateway.heard.length}`, status: 'pending' } });
  });
});

afterEach(async () => {
  driver.close();
  await gateway.close();
});

const send = () => driver.send(connectionWithFetchedToken(gateway.origin), message);
const asked = () => gateway.heard.filter(({ path }) => path === tokenPath);
const grants = () => asked().map(({ body }) => new URLSearchParams(body).get('grant_type'));

describe('a token that is fetched', () => {
  it('is asked for as the gateways want it', async () => {
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(asked()).toHaveLength(1);
    const [{ method, headers, body }] = asked() as [Heard];
    expect(method).toBe('POST');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('demo@botplatform.example:secret').toString('base64')}`);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(body).toBe('grant_type=client_credentials&scope=botmessage');
  });

  it('is fetched once for all who wait, and kept', async () => {
    await Promise.all(Array.from({ length: 20 }, send));
    await send();
    expect(asked()).toHaveLength(1);
  });

  it('is renewed before its end', async () => {
    await send();
    now += 3_569_000;
    await send();
    expect(asked()).toHaveLength(1);
    now += 2_000;
    good = 'token-2';
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(asked()).toHaveLength(2);
    expect(gateway.heard.at(-1)!.headers.authorization).toBe('Bearer token-2');
  });

  it('serves until its end when the token door is down', async () => {
    await send();
    now += 3_580_000;
    issue = () => ({ status: 503, body: {} });
    expect(await send()).toMatchObject({ outcome: 'sent' });
    now += 60_000;
    expect(await send()).toMatchObject({ outcome: 'later', mayHaveSent: false });
  });

  it('is renewed once for all whom the carrier answered 401, and each message goes out again', async () => {
    await send();
    good = 'token-2';
    const outcomes = await Promise.all(Array.from({ length: 20 }, send));
    expect(outcomes.every(({ outcome }) => outcome === 'sent')).toBe(true);
    expect(asked()).toHaveLength(2);
  });

  it('is renewed with the refresh token, and from the beginning when that is refused', async () => {
    const body = () => ({ access_token: good, expires_in: 60, refresh_token: 'refresh-me' });
    issue = () => ({ status: 200, body: body() });
    await send();
    now += 61_000;
    good = 'token-2';
    await send();
    expect(grants()).toEqual(['client_credentials', 'refresh_token']);
    expect(new URLSearchParams(asked()[1]!.body).get('refresh_token')).toBe('refresh-me');

    now += 61_000;
    good = 'token-3';
    issue = (heard) =>
      heard.body.includes('refresh-me') ? { status: 401, body: {} } : { status: 200, body: { access_token: good } };
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(grants().slice(2)).toEqual(['refresh_token', 'client_credentials']);
  });

  it('that the carrier still refuses after renewal ends the try', async () => {
    issue = () => ({ status: 200, body: { access_token: 'never good', expires_in: 3600 } });
    expect(await send()).toMatchObject({ outcome: 'refused', reason: 'unauthorized' });
    expect(asked()).toHaveLength(2);
    expect(gateway.heard).toHaveLength(4);
  });

  it('that is refused is not asked for by each message anew, but again after a while', async () => {
    issue = () => ({ status: 401, body: { error: 'invalid_client' } });
    const outcomes = [await send(), await send(), await send()];
    for (const outcome of outcomes) expect(outcome).toMatchObject({ outcome: 'refused', reason: 'unauthorized' });
    expect(gateway.heard).toHaveLength(1);
    now += 5_000;
    issue = () => ({ status: 200, body: { access_token: good } });
    expect(await send()).toMatchObject({ outcome: 'sent' });
  });

  it.each<[string, number, unknown]>([
    ['fails', 500, {}],
    ['is gone behind a proxy', 502, {}],
    ['says nothing', 200, {}],
    ['is too busy', 429, {}],
  ])('leaves the message for later, surely unsent, when the token door %s', async (_what, status, body) => {
    issue = () => ({ status, body });
    expect(await send()).toMatchObject({ outcome: 'later', mayHaveSent: false });
    expect(asked()).toHaveLength(gateway.heard.length);
  });

  it('begins anew with changed credentials', async () => {
    await send();
    const connection = connectionWithFetchedToken(gateway.origin);
    connection.credentials.clientSecret = 'another';
    await driver.send(connection, message);
    expect(asked()).toHaveLength(2);
  });
});

describe('a static token', () => {
  it('is tried once: there is no other to be had', async () => {
    const wrong = connectionTo(gateway.origin, { credentials: { token: 'wrong' } });
    expect(await driver.send(wrong, message)).toMatchObject({ outcome: 'refused', reason: 'unauthorized' });
    expect(gateway.heard).toHaveLength(1);
    const right = connectionTo(gateway.origin, { credentials: { token: good } });
    expect(await driver.send(right, message)).toMatchObject({ outcome: 'sent' });
  });

  it('is missing without credentials at all', async () => {
    const bare = connectionTo(gateway.origin, { credentials: {} });
    expect(await driver.send(bare, message)).toMatchObject({ outcome: 'refused', reason: 'unauthorized' });
    expect(gateway.heard).toEqual([]);
  });
});
