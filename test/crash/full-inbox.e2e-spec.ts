import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Inbox } from '#libs/conversations/index.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';
import type { Ledger } from './installation.js';

/** Above what the inbox lets wait, with the batch that is being stored. */
const EVENTS = 5_600;

let world: World;
let account: OfficialAccount;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
});

afterAll(() => world?.close());

it('a full inbox asks carriers to come again, says so, and loses nothing', { timeout: 60_000 }, async () => {
  const hana = await world.customer(account);
  await hana.writes('まえ');
  const blocker = new Client({ connectionString: world.database.url });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('lock table messages in share mode');

  // Past the door, because filling it through the door would take five thousand connections.
  const flood = world.first.app.get(Inbox).receive(
    Array.from({ length: EVENTS }, (_, n) => ({
      kind: 'message' as const,
      accountId: account.id,
      connectionId: account.connection.id,
      address: { kind: 'phone' as const, phone: `+8180${10_000_000 + (n % 100)}` },
      carrierMessageId: randomUUID(),
      content: { type: 'text' as const, text: `${n}` },
      file: null,
      channelSentAt: null,
    })),
  );
  const ledger = () => world.carrier<Ledger>('GET', `/ledger?botId=${encodeURIComponent(account.botId)}`);
  const ready = async () => (await fetch(`${world.first.url}/readyz`)).json() as Promise<{ checks: { inbox: string } }>;
  expect((await ready()).checks.inbox).toBe('full');
  const carrier = new Carrier(world.first.url, account);
  const event = carrier.message(hana.phone, 'あと');
  const refused = await carrier.tells(event);
  expect({ status: refused.status, code: refused.body?.error?.code }).toEqual({ status: 503, code: 'busy' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await hana.writes('なか');
  await eventually(async () => (await ledger()).customer.some(({ lastAnswer }) => lastAnswer === '503'), 'a 503');

  await blocker.query('rollback');
  await blocker.end();
  expect(await flood).toEqual([]);
  expect((await ready()).checks.inbox).toBe('ok');
  expect((await carrier.tells(event)).status).toBe(200);
  await eventually(async () => (await ledger()).pendingWebhooks === 0, 'the carrier to be rid of everything');
  const threads = await world.query<{ phone: string; texts: string[] }>(
    `select p.phone, array_agg(m.content->>'text' order by m.seq) as texts
     from messages m join conversations c on c.id = m.conversation_id join customers p on p.id = c.customer_id group by 1`,
  );
  const counted = threads.reduce((sum, { texts }) => sum + texts.length, 0);
  expect(counted).toBe(EVENTS + 3);
  for (const { phone, texts } of threads) {
    if (phone === hana.phone) expect(texts.toSorted()).toEqual(['あと', 'なか', 'まえ'].toSorted());
    else expect(texts.map(Number)).toEqual(texts.map((_, place) => Number(texts[0]) + place * 100));
  }
});
