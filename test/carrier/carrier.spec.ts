import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { Carrier, type OutboundMessage } from '#libs/carrier/index.js';
import { Metrics } from '#libs/platform/telemetry/index.js';
import { json, openGateway, type Gateway } from './gateway.js';
import { openHouse, type House } from './house.js';

const address = { kind: 'phone', phone: '+819000000001' } as const;
const message: OutboundMessage = { address, content: { type: 'text', text: 'こんにちは' }, ourKey: 'k1' };

let house: House;
let gateway: Gateway;
let carrier: Carrier;
let wire: { id: string; accountId: string; key: string };

beforeAll(async () => {
  house = await openHouse();
  gateway = await openGateway();
  carrier = house.get(Carrier);
});
afterAll(async () => {
  await house?.close();
  await gateway?.close();
});

beforeEach(async () => {
  gateway.heard.length = 0;
  wire = await house.connect({ token: 'static' }, { baseUrl: `${gateway.origin}/rcs/bot/v1` });
  gateway.answer((_heard, response) => json(response, 202, { RCSMessage: { msgId: 'm_1', status: 'pending' } }));
});

async function counted(outcome: string): Promise<number> {
  const { values } = (await house
    .get(Metrics, { strict: false })
    .registry.getSingleMetric('carrier_sends_total')!
    .get()) as {
    values: { value: number; labels: Record<string, unknown> }[];
  };
  return values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
}

describe('the front door to carriers', () => {
  it('sends over the connection that is named, with its own secrets', async () => {
    const before = await counted('sent');
    expect(await carrier.send(wire.id, message)).toEqual({ outcome: 'sent', carrierMessageId: 'm_1', status: 'sent' });
    expect(gateway.heard[0]!.headers.authorization).toBe('Bearer static');
    expect(await counted('sent')).toBe(before + 1);
  });

  it('counts what goes wrong', async () => {
    const before = await counted('later');
    gateway.answer((_heard, response) => json(response, 429, {}));
    expect(await carrier.send(wire.id, message)).toMatchObject({ outcome: 'later', reason: 'too_fast' });
    expect(await counted('later')).toBe(before + 1);
  });

  it('refuses every order without a usable connection', async () => {
    await house.switchOff(wire);
    const none = { outcome: 'refused', reason: 'no_connection' };
    for (const id of [wire.id, '999999']) {
      expect(await carrier.send(id, message)).toMatchObject(none);
      expect(await carrier.typing(id, address, true)).toMatchObject(none);
      expect(await carrier.markRead(id, address, 'm')).toMatchObject(none);
      expect(await carrier.revoke(id, 'm')).toMatchObject(none);
      expect(await carrier.reachability(id, address)).toMatchObject({ state: 'unknown', capabilities: [] });
      expect(await carrier.mayFetch(id, `${gateway.origin}/f`)).toBe(false);
    }
    expect(gateway.heard).toEqual([]);
  });

  it('asks for reachability once in a while, and again at once when nobody knew', async () => {
    gateway.answer((_heard, response) => json(response, 500, {}));
    expect(await carrier.reachability(wire.id, address)).toMatchObject({ state: 'unknown' });
    gateway.answer((_heard, response) => json(response, 200, { capabilities: ['chat'] }));
    const known = await carrier.reachability(wire.id, address);
    expect(known).toMatchObject({ state: 'reachable', capabilities: ['chat'] });
    expect(await carrier.reachability(wire.id, address)).toEqual(known);
    expect(gateway.heard).toHaveLength(2);
    await carrier.reachability(wire.id, { kind: 'chat', chatId: address.phone });
    expect(gateway.heard).toHaveLength(3);
  });

  it('passes on typing, read marks and orders to take back', async () => {
    expect(await carrier.typing(wire.id, address, true)).toEqual({ outcome: 'done' });
    expect(await carrier.markRead(wire.id, address, 'in')).toEqual({ outcome: 'done' });
    expect(await carrier.revoke(wire.id, 'out')).toEqual({ outcome: 'done' });
    expect(gateway.heard.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT']);
  });

  it("fetches files from the carrier's own host only, unless told otherwise", async () => {
    expect(await carrier.mayFetch(wire.id, `${gateway.origin}/f.jpg`)).toBe(true);
    expect(await carrier.mayFetch(wire.id, 'http://169.254.169.254/latest/meta-data')).toBe(false);
  });
});

it('the entities say what the migrations made', async () => {
  const { upQueries } = await house.get(DataSource, { strict: false }).driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query).filter((query) => query.includes('carrier_'))).toEqual([]);
});
