import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { ProcessNode } from '../support/process-node.js';
import { MASTER_KEY, World, type OfficialAccount } from '../support/world.js';

interface Ledger {
  pendingWebhooks: number;
  customer: { text: string; toldAt: string | null }[];
  bot: { msisdn: string; body: { RCSMessage?: { textMessage?: string } } }[];
}

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;

beforeAll(async () => {
  // The node of this process only signs people in and makes accounts: it takes no jobs.
  world = await World.open({}, { role: 'web' });
  account = await world.account();
  aoi = await world.agent(account);
});

afterAll(() => world?.close());

const startNode = (values: Record<string, string> = {}) =>
  ProcessNode.start(world.database.url, { MASTER_KEY, ...values });
const ledger = () => world.carrier<Ledger>('GET', `/ledger?botId=${encodeURIComponent(account.botId)}`);

describe('a node that is killed', () => {
  it('takes nothing with it: what the carrier was told 2xx for is on the screens of the other node', async () => {
    const [a, b] = await Promise.all([startNode({ ROLE: 'web' }), startNode({ ROLE: 'web' })]);
    const screen = await aoi.at(b.url).screen();
    await world.webhooksTo(account, a.url);
    const customers = await Promise.all(Array.from({ length: 5 }, () => world.customer(account)));
    const writing = customers.flatMap((customer, c) =>
      Array.from({ length: 40 }, (_, n) => async () => {
        await customer.writes(`${c}-${n}`);
      }),
    );
    const all = Promise.all(writing.map((write) => write()));
    await eventually(
      async () => (await ledger()).customer.filter(({ toldAt }) => toldAt).length >= 40,
      'the first forty',
    );
    await a.killed();
    const told = (await ledger()).customer.filter(({ toldAt }) => toldAt).map(({ text }) => text);
    await all;
    expect(told.length).toBeLessThan(200);

    const stored = await world.query<{ text: string }>(
      `select content->>'text' as text from messages where author_kind = 'customer'`,
    );
    const texts = new Set(stored.map(({ text }) => text));
    expect(told.filter((text) => !texts.has(text))).toEqual([]);
    await screen.agrees();

    await world.webhooksTo(account, b.url);
    await eventually(async () => (await ledger()).pendingWebhooks === 0, 'the carrier to be rid of everything', 30_000);
    const everything = await world.query<{ conversation_id: string; texts: string[]; seqs: number[] }>(
      `select conversation_id, array_agg(content->>'text' order by seq) as texts, array_agg(seq order by seq) as seqs
       from messages where author_kind = 'customer' group by conversation_id`,
    );
    expect(everything).toHaveLength(5);
    for (const { texts: inOrder, seqs } of everything) {
      expect(seqs).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      expect(new Set(inOrder).size).toBe(40);
    }
    await screen.agrees();
    await b.stopped();
  });

  it('in mid-send, another one goes on: everything reaches the handset, in order', async () => {
    const hana = await world.customer(account);
    const web = await startNode({ ROLE: 'web' });
    await world.webhooksTo(account, web.url);
    await hana.writes('全部届きますか');
    const { id } = await aoi.conversationWith(hana);
    const worker = await startNode({ ROLE: 'worker' });
    await world.carrier('PUT', '/faults', { slowMs: 100 });
    for (let n = 0; n < 30; n += 1) await aoi.posts(id, `${n}`);
    const sent = async () => (await ledger()).bot.filter(({ msisdn }) => msisdn === hana.phone);
    await eventually(async () => (await sent()).length >= 5, 'the first five');
    await worker.killed();
    const killedAt = Date.now();
    const another = await startNode({ ROLE: 'worker' });
    const before = (await sent()).length;
    await eventually(async () => (await sent()).length > before, 'the other worker to go on', 30_000);
    expect(Date.now() - killedAt).toBeLessThan(30_000);
    await world.carrier('PUT', '/faults', {});
    await eventually(
      async () => (await aoi.messages(id)).filter(({ delivery }) => delivery?.state === 'delivered').length === 30,
      'all thirty',
      30_000,
    );
    const order = (await sent()).map(({ body }) => Number(body.RCSMessage?.textMessage));
    const once = order.filter((n, place) => order.indexOf(n) === place);
    expect(once).toEqual(Array.from({ length: 30 }, (_, n) => n));
    // The wire has no key: the one that was under way may go out twice, and is marked.
    expect(order.length - once.length).toBeLessThanOrEqual(1);
    const marked = (await aoi.messages(id)).filter(({ delivery }) => delivery?.maybeTwice).length;
    expect(marked).toBeGreaterThanOrEqual(order.length - once.length);
    await another.stopped();
    await web.stopped();
  });
});
