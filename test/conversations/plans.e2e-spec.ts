import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationChanges, ConversationPage, QueueView, SearchAnswer } from '#libs/contracts/index.js';
import { makeRows } from '../../bench/database/rows.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { Plans } from '../support/plans.js';
import { World, type OfficialAccount } from '../support/world.js';

const CONVERSATIONS = 10_000;
const big = [
  'canned_responses',
  'messages',
  'conversations',
  'inbox',
  'customers',
  'contacts',
  'segments',
  'conversation_labels',
  'message_search',
  'customer_search',
];

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;
let boss: AgentDesk;
let plans: Plans;
let label: string;

/** 10,000 conversations and 200,000 messages: enough for the planner to mean it. */
beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  [aoi, ren, boss] = [
    await world.agent(account),
    await world.agent(account, { visibility: 'own' }),
    await world.agent(account, { role: 'supervisor', visibility: 'all' }),
  ];
  const client = new Client({ connectionString: world.database.url });
  await client.connect();
  await client.query('update search_progress set upto = $1, customers_upto = $1', ['9000000000000000000']);
  await makeRows(client, CONVERSATIONS);
  await fillSearch(client);
  await client.end();
  await fillQueue();
  await fillLabels();
  await fillShelves();
  plans = await Plans.of(world.first);
}, 180_000);

afterAll(() => world?.close());

/** As if they had been taken in: す is in every message, 倒 in one of 5,000, 鈴 in every third name. */
async function fillSearch(client: Client): Promise<void> {
  await client.query(
    `insert into message_search (message_id, account_id, conversation_id, contact_id, created_at, note, codes)
     select m.id, c.account_id, c.id, m.contact_id, m.created_at, false,
       array[ascii('す'), case when m.id % 5000 = 0 then ascii('倒') else ascii('件') + 1 + (m.id % 900)::int end]
     from messages m join conversations c on c.id = m.conversation_id`,
  );
  await client.query(
    `insert into customer_search select id, array[case when name is null then 1 else ascii('鈴') end, id] from customers`,
  );
  await client.query('vacuum (analyze) message_search, customer_search');
}

/** Everybody is a member; one open conversation in three belongs to it, with an owner or without. */
async function fillQueue(): Promise<void> {
  const admin = await world.agent(account, { role: 'admin', visibility: 'all' });
  const members = [aoi, ren, boss].map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 }));
  const { body } = await admin.send<QueueView>('POST', '/api/queues', { name: '窓口', members });
  await world.query(
    `update contacts set queue_id = $1, need_key = case when state = 'queued' then 'none' end
     where closed_at is null and id % 3 = 1`,
    [body.id],
  );
  await world.query('vacuum (analyze) contacts');
}

/** Forty of them, two on every conversation. */
async function fillLabels(): Promise<void> {
  const made = await world.query<{ id: string }>(
    `insert into labels (account_id, name, color) select $1, 'ラベル' || n, 'red' from generate_series(1, 40) n returning id`,
    [account.id],
  );
  label = made[0]!.id;
  await world.query(
    `insert into conversation_labels (conversation_id, label_id)
     select c.id, ($1::bigint[])[1 + (c.id + 20 * n) % 40] from conversations c, generate_series(0, 1) n`,
    [made.map(({ id }) => id)],
  );
  await world.query('vacuum (analyze) conversation_labels');
}

/** Of two hundred agents, a hundred each. */
async function fillShelves(): Promise<void> {
  await world.query(
    `with people as (
       insert into agents (name, email, password_hash, role, visibility, locale)
       select 'n' || n, 'n' || n || '@shelves.example', '', 'agent', 'own', 'ja' from generate_series(1, 200) n returning id)
     insert into canned_responses (scope, agent_id, folder, name, reading, content)
     select 'personal', people.id, '', 'n' || n, '', '{"type":"text","text":"a"}' from people, generate_series(1, 100) n`,
  );
  await world.query('vacuum (analyze) canned_responses');
}

/** What was explained meanwhile; each of these must be among it, or the test has looked at nothing. */
async function explained(work: () => Promise<unknown>, ...expected: RegExp[]): Promise<void> {
  plans.seen.length = 0;
  await work();
  const missing = (): RegExp[] => expected.filter((each) => !plans.seen.some(({ sql }) => each.test(sql)));
  await eventually(() => missing().length === 0, 'plans of all expected queries').catch(() => undefined);
  expect({ missing: missing().map(String), scans: plans.scans(big) }).toEqual({ missing: [], scans: [] });
}

const known = (number: number): string => `+8190${String(number).padStart(8, '0')}`;

async function unassigned(desk = aoi): Promise<string> {
  const { rows } = await desk.get<ConversationPage>('/api/conversations?view=unassigned&order=waiting&limit=5');
  return rows[0]!.id;
}

describe('on a large database every query finds its rows by an index', () => {
  it('would be seen if one did not', async () => {
    await world.query(`select count(*) from messages where delivery_detail = 'nothing'`);
    await eventually(() => plans.scans(big).length > 0, 'the plan of a bad query');
  });

  it('taking in: customers who are known, who are new, a batch of both', async () => {
    const carrier = new Carrier(world.first.url, account);
    // Whole rows are read only for somebody who listens.
    await aoi.screen();
    await explained(
      async () => {
        // More than the five runs after which PostgreSQL may settle on one plan for all.
        for (let turn = 0; turn < 8; turn += 1) {
          const told = Array.from({ length: 40 }, (_, place) =>
            carrier.message(
              place % 4 === 0 ? `+8170${turn}${String(place).padStart(7, '0')}` : known(1 + place * 97 + turn),
              '質問',
            ),
          );
          const answers = await Promise.all(told.map((event) => carrier.tells(event)));
          expect(answers.every(({ status }) => status === 200)).toBe(true);
        }
      },
      /^with input as .* insert into messages/,
      /where c\.id = any\(\$1::bigint\[\]\)/,
    );
  });

  it('hearing of what another node has stored', async () => {
    const other = await world.node();
    const carrier = new Carrier(other.url, account);
    await explained(
      () =>
        Promise.all(Array.from({ length: 20 }, (_, n) => carrier.tells(carrier.message(known(5000 + n), 'もしもし')))),
      /join unnest\(\$1::bigint\[\], \$2::int\[\]\) as r\(id, lo\)/,
    );
    await world.leave(other);
  });

  it('what an agent has at hand', async () => {
    const body = { scope: 'personal', name: '挨拶', shortcut: 'hi', content: { type: 'text', text: 'こんにちは' } };
    await explained(
      async () => {
        for (let turn = 0; turn < 7; turn += 1) {
          const made = await aoi.send<{ id: string }>('POST', '/api/canned-responses', {
            ...body,
            shortcut: `hi${turn}`,
          });
          await aoi.get('/api/canned-responses');
          await aoi.send('POST', `/api/canned-responses/${made.body.id}/uses`);
          await aoi.send('POST', '/api/canned-responses/import', [{ name: '挨拶', text: 'こんばんは' }]);
          await aoi.send('DELETE', `/api/canned-responses/${made.body.id}`);
        }
      },
      /from unnest\(\$1::text\[\], \$2::bigint\[\]\) as shelf.* order by r\.folder/,
      /^update canned_responses set uses/,
      /^delete from canned_responses where deleted_at/,
    );
  });

  it('lists, their counts and what changed in them', async () => {
    for (const desk of [aoi, ren, boss]) {
      for (const view of ['mine', 'unassigned', 'queue', 'bot', 'all']) {
        for (const order of ['waiting', 'newest']) {
          await explained(
            async () => {
              const page = await desk.get<ConversationPage>(`/api/conversations?view=${view}&order=${order}&limit=50`);
              if (page.nextCursor !== null) {
                await desk.get(`/api/conversations?view=${view}&order=${order}&limit=50&cursor=${page.nextCursor}`);
              }
            },
            view === 'queue' ? /from contacts t, lateral .* limit \$2/ : /from inbox i .* limit \$2/,
          );
        }
      }
      const queues = await desk.get<string[]>('/api/queues/mine');
      for (const [narrowed, from] of [
        [`queue=${queues[0]}&unanswered=true`, /from contacts t, lateral .* limit \$2/],
        [`queue=${queues[0]}&agent=none`, /from contacts t, lateral .* limit \$2/],
        ['agent=me&unanswered=true', /i\.assignee_id = scope\.id .* limit \$2/],
        ['agent=none', /i\.assignee_id is null and i\.bot_id is null and i\.account_id = scope\.id .* limit \$2/],
        ['unanswered=true', /i\.waiting_key < 5000000000000.* limit \$2/],
        [`label=${label}`, /from conversation_labels l, lateral .* limit \$2/],
        [`label=${label}&unanswered=true`, /select true from conversation_labels l .* limit \$2/],
        ['state=closed', /not i\.open .* limit \$2/],
      ] as const) {
        await explained(() => desk.get(`/api/conversations?view=all&order=waiting&limit=50&${narrowed}`), from);
      }
      const page = await desk.get<ConversationPage>('/api/conversations?view=all&order=newest&limit=50');
      const carrier = new Carrier(world.first.url, account);
      await carrier.tells(carrier.message(known(77), 'また'));
      const ids = page.rows.map(({ id }) => id).join(',');
      await explained(
        () => desk.get<ConversationChanges>(`/api/conversations/changes?since=${page.feed}&known=${ids}`),
        /l\.feed >= \$2/,
      );
      await explained(
        () => desk.get('/api/conversations/counts'),
        /select count\(\*\)::int as count from \(.*from inbox i/,
        /select count\(\*\)::int as count from \(.*from contacts t/,
      );
    }
  });

  it('threads: the end, a page before, a page after, what changed', async () => {
    const [long] = await world.query<{ id: string }>('select id from conversations where last_seq > 400 limit 1');
    for (const query of ['limit=50', 'before=300&limit=50', 'after=300&limit=50', 'changedAfter=300&limit=50']) {
      await explained(() => aoi.messages(long!.id, query), /left join lateral .* from messages m/);
    }
    await explained(() => aoi.detail(long!.id), /from contacts t join conversations c/);
  });

  it('searching: what is common, what is rare, what is narrowed', async () => {
    const find = (desk: AgentDesk, q: string, more = '') =>
      desk.get<SearchAnswer>(`/api/search?q=${encodeURIComponent(q)}${more}`);
    for (const desk of [ren, boss]) {
      await explained(
        async () => expect((await find(desk, 'す')).messages!.hits.length).toBeGreaterThan(0),
        /with walked as materialized/,
        /where m\.id = any\(\$1::bigint\[\]\)/,
      );
      await explained(() => find(desk, '倒'), /with said as materialized \( select s\.message_id/);
      for (const more of desk === boss
        ? []
        : [`&agent=${aoi.view.id}`, '&state=open', '&from=2024-01-01T00:00:00Z', '&media=true']) {
        await explained(() => find(desk, '倒', more), /with said as materialized \( select s\.message_id/);
      }
      await explained(() => find(desk, '鈴', '&kind=customers'), /from customer_search s/);
    }
  });

  it('answering, sending, reports, and read marks', async () => {
    const customer = await world.customer(account);
    await customer.writes('お願いします');
    const { id, lastSeq } = await aoi.conversationWith(customer);
    await explained(
      async () => {
        expect((await aoi.takes(id)).status).toBe(200);
        expect((await aoi.posts(id, 'かしこまりました')).status).toBe(201);
        await customer.received(1);
        await customer.reads();
        await eventually(
          async () => (await aoi.messages(id)).some(({ delivery }) => delivery?.state === 'read'),
          'the report that it was read',
        );
        expect((await aoi.reads(id, lastSeq)).status).toBe(200);
        expect((await aoi.notes(id, '確認済み')).status).toBe(201);
      },
      /for update of c$/,
      /^insert into messages as m/,
      /^with saved as \( update conversations/,
      /^update messages m set attempts/,
      /join messages m on m\.connection_id = r\.connection_id/,
      /^update messages m set change/,
      /count\(\*\)::int as count from messages where conversation_id = \$1 and seq > \$2/,
      /c\.read_told_seq/,
    );
    await explained(() => aoi.closes(id), /update contacts c set state = r\.to_state/);
  });

  it('giving back, writing first, and the customer’s name', async () => {
    const id = await unassigned();
    await explained(
      async () => {
        await aoi.takes(id);
        await aoi.givesBack(id);
      },
      /update contacts c set state = r\.to_state, ownership = .* assignee_id/,
      /update contacts c set state = r\.to_state, .* need_key/,
      /^update segments set ended_at/,
    );
    await explained(
      async () => {
        const { customer } = (await aoi.detail(id)).conversation;
        expect((await aoi.send('PATCH', `/api/customers/${customer.id}`, { name: '佐藤' })).status).toBe(200);
        const body = { accountId: account.id, phone: known(4242) };
        expect((await aoi.send('POST', '/api/conversations', body)).status).toBe(200);
        await aoi.send('PUT', `/api/conversations/${id}/draft`, { text: randomUUID() });
      },
      /^insert into customers/,
      /select id from conversations where customer_id = any/,
      /^update customers set name/,
    );
  });

  it('a customer’s panel: profile, earlier contacts and files, who may be the same person', async () => {
    const id = await unassigned();
    const { customer } = (await aoi.detail(id)).conversation;
    const at = `/api/customers/${customer.id}`;
    await explained(
      async () => {
        await boss.send('PATCH', at, { name: '佐藤 花子', kana: 'さとう はなこ' });
        await boss.get(at);
        await boss.get(`${at}/contacts`);
        await ren.get(`${at}/files`);
        await boss.get(`${at}/merge-candidates`);
        await boss.get(`${at}/merge-candidates?search=${encodeURIComponent('佐藤')}`);
      },
      /cross join members m left join conversations/,
      /from unnest\(\$1::bigint\[\]\) as scope\(id\), lateral \(\s+select \* from contacts/,
      /select \* from attachments/,
      /select id, true as by_kana/,
    );
  });
});
