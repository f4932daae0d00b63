import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerField, LabelView, MessageHit, SearchAnswer } from '#libs/contracts/index.js';
import type { AgentDesk, Answer } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { sameNumber } from '../support/same-number.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let bank: OfficialAccount;
let shop: OfficialAccount;
/** Sees everything of the bank; sees only her own and what is free there; sees only the shop; sees everything. */
let aoi: AgentDesk;
let ren: AgentDesk;
let mio: AgentDesk;
let boss: AgentDesk;

const find = (desk: AgentDesk, q: string, more = ''): Promise<SearchAnswer> =>
  desk.get(`/api/search?q=${encodeURIComponent(q)}${more}`);
const texts = (hits: MessageHit[] | undefined) => hits?.map(({ found }) => found.text);
const marked = ({ found }: MessageHit) => found.marks.map(({ from, to }) => found.text.slice(from, to));
const asks = (desk: AgentDesk, query: string): Promise<Answer<SearchAnswer & { error?: object }>> =>
  desk.send('GET', `/api/search?${query}`);

/** Until the index has everything that was written. */
async function indexed(): Promise<void> {
  await eventually(async () => {
    const [state] = await world.query<{ done: boolean }>(
      `select upto >= (select coalesce(max(id), 0) from messages) and back_to = 0
         and customers_upto >= (select max(id) from customers) and not exists (select from customer_search_due) as done
       from search_progress`,
    );
    return state!.done;
  }, 'the index of searching to have everything');
}

async function says(customer: Customer, desk: AgentDesk, ...words: string[]): Promise<string> {
  for (const word of words) {
    await customer.writes(word);
    await eventually(
      async () =>
        (await desk.rows()).some(
          (row) => sameNumber(row.customer, customer.phone) && row.lastMessage?.preview === word,
        ),
      word,
    );
  }
  return (await desk.conversationWith(customer)).id;
}

beforeAll(async () => {
  world = await World.open();
  [bank, shop] = [await world.account(), await world.account(world.first, '窓口商店')];
  [aoi, ren, mio, boss] = [
    await world.agent(bank),
    await world.agent(bank, { name: '蓮', visibility: 'own' }),
    await world.agent(shop, { name: '澪' }),
    await world.agent(bank, { role: 'supervisor', visibility: 'all' }),
  ];
});
afterAll(() => world?.close());

describe('searching', () => {
  it('finds one kanji, two kanji and kana of any width, newest first, marked in their own spelling', async () => {
    const customer = await world.customer(bank);
    await says(customer, aoi, '不倒翁を注文しました。', 'ｶﾞｿﾘﾝ代の請求書', '注文番号は１２３－４５６です');
    await indexed();
    expect(texts((await find(aoi, '文')).messages?.hits)).toEqual([
      '注文番号は１２３－４５６です',
      '不倒翁を注文しました。',
    ]);
    expect(texts((await find(aoi, '不倒')).messages?.hits)).toEqual(['不倒翁を注文しました。']);
    const { messages } = await find(aoi, 'がそりん');
    expect(messages!.hits.map(marked)).toEqual([['ｶﾞｿﾘﾝ']]);
    expect((await find(aoi, '123456')).messages!.hits.map(marked)).toEqual([['１２３－４５６']]);
    expect(texts((await find(aoi, '翁　注文')).messages?.hits)).toEqual(['不倒翁を注文しました。']);
    // Every code of it is there, but not in this order.
    expect((await find(aoi, '文注文')).messages?.hits).toEqual([]);
  });

  it('shows to nobody what she may not read, by messages, by notes or by names', async () => {
    const [ours, theirs, held] = [await world.customer(bank), await world.customer(shop), await world.customer(bank)];
    await says(ours, aoi, '秘密の合言葉は薔薇');
    await says(theirs, mio, '薔薇を届けてください');
    const taken = await says(held, aoi, '薔薇の件で葵さんへ');
    expect((await aoi.takes(taken)).status).toBe(200);
    expect((await aoi.notes(taken, '薔薇のお客様は要注意')).status).toBe(201);
    const { customer } = (await aoi.detail(taken)).conversation;
    const named = await aoi.send('PATCH', `/api/customers/${customer.id}`, { name: '薔薇園 花子', kana: 'ばらぞの' });
    expect(named.status).toBe(200);
    await indexed();
    const seen = async (desk: AgentDesk) => {
      const { messages, notes, customers } = await find(desk, '薔薇');
      return [messages!.hits.length, notes!.hits.length, customers!.hits.length];
    };
    expect({ aoi: await seen(aoi), ren: await seen(ren), mio: await seen(mio), boss: await seen(boss) }).toEqual({
      aoi: [2, 1, 1],
      ren: [1, 0, 0],
      mio: [1, 0, 0],
      boss: [3, 1, 1],
    });
    // From the moment on that the right is there, and from the moment on that it is gone.
    await aoi.givesBack(taken);
    expect(await seen(ren)).toEqual([2, 1, 1]);
    await aoi.takes(taken);
    await aoi.closes(taken);
    expect(await seen(ren)).toEqual([1, 0, 0]);
    expect(await seen(aoi)).toEqual([2, 1, 1]);
  });

  it('finds customers by name, by reading, by the number, and by a part of it where it may be seen whole', async () => {
    const customer = await world.customer(bank);
    const id = await says(customer, aoi, 'こんにちは');
    const { customer: known } = (await aoi.detail(id)).conversation;
    await aoi.send('PATCH', `/api/customers/${known.id}`, { name: '髙橋　澄子', kana: 'たかはし すみこ' });
    await indexed();
    const { phone } = customer;
    const dialled = `0${phone.slice(3, 5)}-${phone.slice(5, 9)}-${phone.slice(9)}`;
    for (const q of ['高橋澄', 'タカハシ', dialled, phone, phone.slice(-4)]) {
      const { customers } = await find(aoi, q, '&kind=customers');
      expect({ q, found: customers!.hits.map(({ conversationId }) => conversationId) }).toEqual({ q, found: [id] });
      expect(JSON.stringify(customers)).not.toContain(phone.slice(3));
    }
    // What an account keeps of her is found by whoever works there, and by nobody else.
    const admin = await world.agent(bank, { role: 'admin', visibility: 'all' });
    const field = await admin.send<CustomerField>('POST', '/api/customer-fields', {
      accountId: bank.id,
      key: 'member_no',
      label: '会員番号',
      kind: 'text',
    });
    await aoi.send('PATCH', `/api/customers/${known.id}`, { values: { [field.body.id]: 'ＭＢ７７３１' } });
    await indexed();
    const [hit] = (await find(aoi, 'mb7731', '&kind=customers')).customers!.hits;
    expect(hit).toMatchObject({
      conversationId: id,
      attribute: { label: '会員番号', found: { text: 'ＭＢ７７３１' } },
    });
    expect((await find(mio, 'mb7731', '&kind=customers')).customers!.hits).toEqual([]);
    await aoi.send('PATCH', `/api/customers/${known.id}`, { values: { [field.body.id]: null } });
    await indexed();
    expect((await find(aoi, 'mb7731', '&kind=customers')).customers!.hits).toEqual([]);

    const inside = phone.slice(4, -2);
    expect((await find(aoi, inside, '&kind=customers')).customers!.hits).toEqual([]);
    const whole = (await find(boss, inside, '&kind=customers')).customers!.hits;
    expect(whole.map(({ conversationId }) => conversationId)).toContain(id);
  });

  it('goes on by a cursor, without a gap or a repeat, also while more comes in', async () => {
    const customer = await world.customer(bank);
    const conversation = await says(customer, aoi, '始まり');
    await aoi.takes(conversation);
    for (let n = 0; n < 25; n += 1) expect((await aoi.posts(conversation, `蛍光灯 ${n}`)).status).toBe(201);
    await indexed();
    const walk = async (page = '', seen: string[] = []): Promise<string[]> => {
      const { messages } = await find(aoi, '蛍光', `&kind=messages${page}`);
      const all = [...seen, ...texts(messages!.hits)!];
      if (all.length === 20) {
        await aoi.posts(conversation, '蛍光灯 新しい');
        await indexed();
      }
      return messages!.nextCursor === null ? all : walk(`&cursor=${messages!.nextCursor}`, all);
    };
    expect(await walk()).toEqual(Array.from({ length: 25 }, (_, n) => `蛍光灯 ${24 - n}`));
  });

  it('narrows by state, by who had it, by time and by files', async () => {
    const [first, second] = [await world.customer(bank), await world.customer(bank)];
    const [open, closed] = [await says(first, aoi, '琥珀の一'), await says(second, aoi, '琥珀の二')];
    await first.sends({ media: { name: '琥珀の図.png', mimeType: 'image/png', base64: 'aGVsbG8=' } });
    await eventually(
      async () => (await aoi.messages(open)).some(({ content }) => content.type === 'media'),
      'the picture in the thread',
    );
    await boss.takes(closed);
    await boss.closes(closed);
    await aoi.takes(open);
    const admin = await world.agent(bank, { role: 'admin', visibility: 'all' });
    const label = await admin.send<LabelView>('POST', '/api/labels', {
      accountId: bank.id,
      name: '至急',
      color: 'red',
    });
    await aoi.send('PUT', `/api/conversations/${open}/labels`, { add: [label.body.id] });
    await indexed();
    const narrowed = async (more: string) => texts((await find(aoi, '琥珀の', `&kind=messages${more}`)).messages!.hits);
    expect(await narrowed('&state=open')).toEqual(['琥珀の図.png', '琥珀の一']);
    expect(await narrowed('&state=closed')).toEqual(['琥珀の二']);
    expect(await narrowed(`&agent=${aoi.view.id}`)).toEqual(['琥珀の図.png', '琥珀の一']);
    expect(await narrowed(`&agent=${boss.view.id}`)).toEqual(['琥珀の二']);
    expect(await narrowed(`&label=${label.body.id}`)).toEqual(['琥珀の図.png', '琥珀の一']);
    expect(await narrowed('&media=true')).toEqual(['琥珀の図.png']);
    expect(await narrowed('&to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await narrowed('&from=2020-01-01T00:00:00Z')).toEqual(['琥珀の図.png', '琥珀の二', '琥珀の一']);
    expect(await narrowed(`&account=${shop.id}`)).toEqual([]);
  });

  it('says clearly what it cannot search for', async () => {
    const refused = async (query: string) => {
      const { status, body } = await asks(aoi, query);
      return [
        status,
        (body.error as { fields?: { field: string; rule: string }[] }).fields?.map(
          ({ field, rule }) => `${field} ${rule}`,
        ),
      ];
    };
    expect(await refused(`q=${encodeURIComponent('、。 ！')}`)).toEqual([400, ['q nothingToFind']]);
    expect(await refused('q=')).toEqual([400, ['q nothingToFind']]);
    expect(await refused(`q=${'a'.repeat(101)}`)).toEqual([400, ['q tooLong']]);
    expect(await refused(`q=${'a+b+c+d+e+f+g+h+i'}`)).toEqual([400, ['q tooManyWords']]);
    expect(await refused('q=a&cursor=x&kind=messages')).toEqual([400, ['cursor isCursor']]);
  });
});

describe('a search that takes long', () => {
  /** Holds every search up, until it is let go. */
  async function holding(work: () => Promise<void>): Promise<void> {
    const runner = world.first.app.get(DataSource).createQueryRunner();
    await runner.startTransaction();
    await runner.query('lock table message_search in access exclusive mode');
    try {
      await work();
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it('is ended by the next one of the same agent', async () => {
    await holding(async () => {
      const former = asks(aoi, 'q=kind&kind=messages');
      await eventually(
        async () =>
          (
            await world.query(
              `select from pg_stat_activity where application_name = 'madoguchi-search' and wait_event_type = 'Lock'`,
            )
          ).length === 1,
        'the former search to wait',
      );
      const next = asks(aoi, 'q=next&kind=customers');
      expect((await former).body.error).toMatchObject({ code: 'search_superseded' });
      expect((await next).status).toBe(200);
    });
  });
});

describe('the index', () => {
  it('takes in what was there before it, the newest first, and what a killed node had left', async () => {
    await world.query('truncate message_search, customer_search');
    await world.query(
      `update search_progress set back_to = (select max(id) from messages), upto = (select max(id) from messages), customers_upto = 0`,
    );
    await indexed();
    const [counts] = await world.query<{ missing: number }>(
      `select count(*)::int as missing from messages m where kind <> 'activity' and content ->> 'text' <> ''
         and not exists (select from message_search s where s.message_id = m.id)`,
    );
    expect(counts!.missing).toBe(0);
    expect((await find(aoi, '不倒')).messages!.hits).toHaveLength(1);
  });

  it('finds the newest of what was common until of late', async () => {
    const id = await says(await world.customer(bank), aoi, '始まり');
    await world.query(
      `insert into messages (conversation_id, seq, change, kind, author_kind, content, created_at)
       select $1, n, n, 'message', 'customer', jsonb_build_object('type', 'text', 'text', case when n <= 4200 then '霞 ' else '雲 ' end || n),
         now() + n * interval '1 millisecond'
       from generate_series(2, 4900) n`,
      [id],
    );
    await indexed();
    const first = (await find(aoi, '霞', '&kind=messages')).messages!;
    expect(texts(first.hits)).toEqual(Array.from({ length: first.hits.length }, (_, place) => `霞 ${4200 - place}`));
    expect([first.hits.length > 0, first.partial]).toEqual([true, false]);
    const next = (await find(aoi, '霞', `&kind=messages&cursor=${first.nextCursor}`)).messages!;
    expect(texts(next.hits)![0]).toBe(`霞 ${4200 - first.hits.length}`);
  });

  it('misses no message of a transaction that was slow to commit', async () => {
    const slow = world.first.app.get(DataSource).createQueryRunner();
    await slow.startTransaction();
    const customer = await world.customer(bank);
    const id = await says(customer, aoi, '先の話');
    await slow.query('select from conversations where id = $1 for update', [id]);
    await slow.query(
      `insert into messages (conversation_id, seq, change, kind, author_kind, content)
       values ($1, 2, 2, 'message', 'customer', '{"type": "text", "text": "遅れた鸚鵡"}')`,
      [id],
    );
    const other = await world.customer(bank);
    await says(other, aoi, '後から来た鸚鵡');
    // What was begun later is there, and the index waits all the same.
    const lag = async () => {
      const metrics = await (await fetch(`${world.first.url}/metrics`)).text();
      return Number(/^madoguchi_search_lag_seconds (\S+)$/m.exec(metrics)![1]);
    };
    await eventually(async () => (await lag()) > 1.2, 'the index to wait');
    await slow.commitTransaction();
    await slow.release();
    await eventually(async () => (await find(aoi, '鸚鵡')).messages!.hits.length === 2, 'both messages');
  });
});
