import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MaapDriver, type OutboundMessage } from '#libs/carrier/index.js';
import { connectionTo, json, openGateway, type Gateway } from './gateway.js';

const message: OutboundMessage = {
  address: { kind: 'phone', phone: '+819000000001' },
  content: { type: 'text', text: 'こんにちは' },
  ourKey: 'k1',
};
const sendPath = '/rcs/bot/v1/demo@botplatform.example/messages';

let gateway: Gateway;
let driver: MaapDriver;

beforeEach(async () => {
  gateway = await openGateway();
  driver = new MaapDriver({ timeoutMs: 2_000 });
});

afterEach(async () => {
  driver.close();
  await gateway.close();
});

const send = (changes: Partial<OutboundMessage> = {}) =>
  driver.send(connectionTo(gateway.origin), { ...message, ...changes });

describe('a message that the carrier takes', () => {
  it('leaves as the standard writes it', async () => {
    gateway.answer((_heard, response) => json(response, 202, { RCSMessage: { msgId: 'm_1', status: 'pending' } }));
    expect(await send()).toEqual({ outcome: 'sent', carrierMessageId: 'm_1', status: 'sent' });
    expect(gateway.heard).toHaveLength(1);
    const [heard] = gateway.heard;
    expect(heard).toMatchObject({ method: 'POST', path: sendPath });
    expect(heard!.headers).toMatchObject({ authorization: 'Bearer static', 'content-type': 'application/json' });
    expect(JSON.parse(heard!.body)).toEqual({
      RCSMessage: { textMessage: 'こんにちは' },
      messageContact: { userContact: '+819000000001' },
    });
  });

  it.each([
    [200, { RCSMessage: { msgId: 'm', status: 'sent' } }, { carrierMessageId: 'm', status: 'sent' }],
    [201, { RCSMessage: { msgId: 42, status: 'delivered' } }, { carrierMessageId: '42', status: 'delivered' }],
    [200, { RCSMessage: { msgId: 'm', status: 'displayed' } }, { carrierMessageId: 'm', status: 'read' }],
    [202, { RCSMessage: { msgId: 'm' } }, { carrierMessageId: 'm', status: 'sent' }],
    [202, {}, { carrierMessageId: null, status: 'sent' }],
  ])('%i %j', async (status, body, sent) => {
    gateway.answer((_heard, response) => json(response, status, body));
    expect(await send()).toEqual({ outcome: 'sent', ...sent });
  });

  it.each([
    [204, ''],
    [202, ''],
    [202, 'OK'],
  ])('%i with the body %j', async (status, body) => {
    gateway.answer((_heard, response) => response.writeHead(status).end(body));
    expect(await send()).toEqual({ outcome: 'sent', carrierMessageId: null, status: 'sent' });
  });

  it('uses one connection for messages that follow each other', async () => {
    gateway.answer((_heard, response) => json(response, 202, { RCSMessage: { msgId: 'm', status: 'pending' } }));
    for (let count = 0; count < 5; count++) await send();
    expect(new Set(gateway.heard.map(({ connection }) => connection))).toEqual(new Set([1]));
  });
});

describe('a message that the carrier refuses', () => {
  const error = (status: string) => ({ error: { code: 0, message: 'why', status } });

  it.each([
    [400, {}, 'rejected'],
    [401, {}, 'unauthorized'],
    [402, error('insufficient_balance'), 'no_balance'],
    [403, {}, 'unauthorized'],
    [404, error('rcs_disabled'), 'not_reachable'],
    [404, {}, 'not_reachable'],
    [409, error('invalid_template'), 'rejected'],
    [410, error('opted_out'), 'opted_out'],
    [413, {}, 'rejected'],
    [423, error('dnd_enabled'), 'blocked'],
    [302, {}, 'carrier_error'],
    [200, { error: 'no' }, 'carrier_error'],
    [200, { error: { code: 404, message: 'not RCS' } }, 'not_reachable'],
    [200, { RCSMessage: { msgId: 'm', status: 'failed', reason: 'no route' } }, 'carrier_error'],
  ])('%i %j is %s', async (status, body, reason) => {
    gateway.answer((_heard, response) => json(response, status, body, { location: 'http://127.0.0.1:1/' }));
    expect(await send()).toMatchObject({ outcome: 'refused', reason });
    expect(gateway.heard).toHaveLength(1);
  });

  it('says what the carrier said', async () => {
    gateway.answer((_heard, response) => json(response, 410, error('opted_out')));
    expect(await send()).toMatchObject({ detail: 'HTTP 410: opted_out: why' });
  });

  it('never leaves when it is too long', async () => {
    const outcome = await send({ content: { type: 'text', text: 'あ'.repeat(2731) } });
    expect(outcome).toEqual({ outcome: 'refused', reason: 'rejected', detail: 'text: 2731 UTF-16 units, limit 2730' });
    expect(gateway.heard).toEqual([]);
  });
});

describe('a message for later', () => {
  it.each<[number, object, Record<string, string>, object]>([
    [429, {}, { 'retry-after': '3' }, { reason: 'too_fast', waitMs: 3_000, mayHaveSent: false }],
    [429, {}, { 'x-ratelimit-limit': '60', 'x-ratelimit-reset': '7' }, { reason: 'too_fast', waitMs: 7_000 }],
    [429, {}, {}, { reason: 'too_fast', waitMs: 2_000 }],
    [200, { error: { code: 429 } }, {}, { reason: 'too_fast' }],
    [403, { error: { status: 'curfew_hrs' } }, { 'retry-after': '600' }, { reason: 'quiet_hours', waitMs: 600_000 }],
    [503, {}, { 'retry-after': '1' }, { reason: 'carrier_error', waitMs: 1_000, mayHaveSent: false }],
    [500, { error: { code: 500, message: 'oops' } }, {}, { reason: 'carrier_error', mayHaveSent: true }],
  ])('%i %j %j', async (status, body, headers, later) => {
    gateway.answer((_heard, response) => json(response, status, body, headers));
    expect(await send()).toMatchObject({ outcome: 'later', ...later });
    expect(gateway.heard).toHaveLength(1);
  });

  it('when nobody listens: the carrier knows nothing of it', async () => {
    await gateway.close();
    expect(await send()).toMatchObject({ outcome: 'later', reason: 'carrier_error', mayHaveSent: false });
    gateway = await openGateway();
  });

  it('when the name of the carrier does not resolve', async () => {
    const nowhere = connectionTo('http://carrier.invalid');
    expect(await driver.send(nowhere, message)).toMatchObject({ outcome: 'later', mayHaveSent: false });
  });

  it('when the other side speaks no TLS: nothing readable was written', async () => {
    const tls = connectionTo(gateway.origin.replace('http:', 'https:'));
    expect(await driver.send(tls, message)).toMatchObject({ outcome: 'later', mayHaveSent: false });
    expect(gateway.heard).toEqual([]);
  });
});

describe('a message of which nobody knows', () => {
  it('when the connection is cut after the carrier heard it', async () => {
    gateway.answer((_heard, _response, request) => request.socket.destroy());
    expect(await send()).toMatchObject({ outcome: 'unknown' });
    expect(gateway.heard).toHaveLength(1);
  });

  it('when a connection that served before is cut', async () => {
    gateway.answer((_heard, response) => json(response, 202, { RCSMessage: { msgId: 'm', status: 'pending' } }));
    await send();
    gateway.answer((_heard, _response, request) => request.socket.destroy());
    expect(await send()).toMatchObject({ outcome: 'unknown' });
    expect(gateway.heard.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('when the answer is cut in the middle', async () => {
    gateway.answer((_heard, response, request) => {
      response.writeHead(202, { 'content-length': '100' }).write('{"RCSMessage":', () => request.socket.destroy());
    });
    expect(await send()).toMatchObject({ outcome: 'unknown' });
  });

  it('when no answer comes in time', async () => {
    driver.close();
    driver = new MaapDriver({ timeoutMs: 150 });
    gateway.answer(() => undefined);
    expect(await send()).toEqual({ outcome: 'unknown', detail: 'no answer within 150 ms' });
    expect(gateway.heard).toHaveLength(1);
  });

  it('when the answer never ends', async () => {
    driver.close();
    driver = new MaapDriver({ timeoutMs: 150 });
    gateway.answer((_heard, response) => response.writeHead(202).write('{'));
    expect(await send()).toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    [500, 'no JSON'],
    [502, ''],
    [504, '{"error":{"message":"upstream"}}'],
  ])('%i with the body %j', async (status, body) => {
    gateway.answer((_heard, response) => response.writeHead(status).end(body));
    expect(await send()).toMatchObject({ outcome: 'unknown' });
  });

  it('when the answer is longer than any answer', async () => {
    gateway.answer((_heard, response) => response.writeHead(202).end('x'.repeat(2 * 1024 * 1024)));
    expect(await send()).toMatchObject({ outcome: 'unknown' });
  });
});

describe('orders without an answer of their own', () => {
  const phone = message.address;

  it('typing, read and take back go where the standard says', async () => {
    gateway.answer(({ method }, response) =>
      method === 'PUT'
        ? response.writeHead(204).end()
        : json(response, 202, { RCSMessage: { msgId: 't', status: 'pending' } }),
    );
    const connection = connectionTo(gateway.origin);
    expect(await driver.sendTyping(connection, phone, true)).toEqual({ outcome: 'done' });
    expect(await driver.markRead(connection, phone, 'in/1')).toEqual({ outcome: 'done' });
    expect(await driver.revoke(connection, 'out1')).toEqual({ outcome: 'done' });
    expect(gateway.heard.map(({ method, path, body }) => [method, path, JSON.parse(body).RCSMessage])).toEqual([
      ['POST', sendPath, { isTyping: 'active' }],
      ['PUT', `${sendPath}/in%2F1/status`, { status: 'displayed' }],
      ['PUT', `${sendPath}/out1/status`, { status: 'cancelled' }],
    ]);
  });

  it('a message that arrived cannot be taken back', async () => {
    gateway.answer((_heard, response) => json(response, 409, { error: { code: 409, message: 'delivered' } }));
    const outcome = await driver.revoke(connectionTo(gateway.origin), 'out1');
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'rejected', detail: 'HTTP 409: delivered' });
  });

  it.each<[number, unknown, object]>([
    [200, { capabilities: ['chat', 'fileTransfer'] }, { state: 'reachable', capabilities: ['chat', 'fileTransfer'] }],
    [200, { capabilities: [] }, { state: 'unreachable', capabilities: [] }],
    [404, { error: { status: 'rcs_disabled' } }, { state: 'unreachable', capabilities: [] }],
    [200, {}, { state: 'unknown', capabilities: [] }],
    [500, {}, { state: 'unknown', capabilities: [] }],
    [403, {}, { state: 'unknown', capabilities: [] }],
  ])('capabilities: %i %j', async (status, body, known) => {
    gateway.answer((_heard, response) => json(response, status, body));
    expect(await driver.checkReachability(connectionTo(gateway.origin), phone)).toEqual(known);
    expect(gateway.heard[0]!.path).toBe(
      '/rcs/bot/v1/demo@botplatform.example/contactCapabilities?userContact=%2B819000000001',
    );
  });
});

describe('where files may be fetched', () => {
  it('is the carrier and who it names, and nobody else', () => {
    const { settings } = connectionTo('http://carrier.example:8080');
    const connection = connectionTo('', {
      settings: { ...settings, mediaHosts: ['media.example', 'cdn.example:443'] },
    });
    const may = (url: string) => driver.mayFetch(connection, url);
    const allowed = ['http://carrier.example:8080/f', 'https://media.example/f', 'https://cdn.example/f'];
    const refused = [
      'http://carrier.example/f', 'http://127.0.0.1/f', 'http://cdn.example/f', 'https://media.example:8443/f',
      'https://media.example@evil.example/f', 'ftp://media.example/f', 'file:///etc/passwd', 'f.jpg',
    ]; // prettier-ignore
    expect(allowed.filter(may)).toEqual(allowed);
    expect(refused.filter(may)).toEqual([]);
  });
});
