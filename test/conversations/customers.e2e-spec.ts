import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ConversationDetail,
  ConversationRow,
  CustomerField,
  CustomerNote,
  CustomerProfile,
  CustomerView,
  ErrorBody,
  LabelView,
  MergeCandidate,
  MergePreview,
  NewPerson,
  PastContacts,
  RevealedNumber,
} from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let boss: AgentDesk;
let admin: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account, { name: '葵' });
  boss = await world.agent(account, { name: '美穂', role: 'supervisor' });
  admin = await world.agent(account, { role: 'admin', visibility: 'all' });
});
afterAll(() => world?.close());

async function caller(name?: string): Promise<{ customer: Customer; row: ConversationRow; customerId: string }> {
  const customer = await world.customer(account);
  await customer.writes('もしもし');
  const row = await boss.conversationWith(customer);
  if (name !== undefined) await aoi.send('PATCH', `/api/customers/${row.customer.id}`, { name });
  return { customer, row, customerId: row.customer.id };
}

const profileOf = (desk: AgentDesk, id: string) => desk.get<CustomerProfile>(`/api/customers/${id}`);
const rowOf = async (desk: AgentDesk, id: string) => (await desk.detail(id)).conversation;

describe('numbers', () => {
  it('are masked at every door and on the socket for whoever lacks customer.phone, and whole for the others', async () => {
    const [seenByAoi, seenByBoss] = [await aoi.screen(), await boss.screen()];
    const { customer, row, customerId } = await caller();
    const whole = row.customer.phoneDisplay;
    expect(row.customer).toMatchObject({ phone: customer.phone, phoneMasked: false });
    await seenByAoi.watch(row.id);
    await aoi.takes(row.id);
    await aoi.posts(row.id, 'はい');
    await aoi.send('PATCH', `/api/customers/${customerId}`, { kana: 'はな' });
    await aoi.send('POST', `/api/customers/${customerId}/notes`, { text: 'お急ぎ' });
    await customer.writes('急いでいます');
    for (const screen of [seenByAoi, seenByBoss]) await screen.agrees();
    const doors = [
      await aoi.get('/api/conversations?view=all'),
      await aoi.get(`/api/conversations/${row.id}`),
      await aoi.get(`/api/conversations/${row.id}/messages`),
      await aoi.get('/api/conversations/changes?since=0'),
      await aoi.get(`/api/customers/${customerId}`),
      await aoi.get(`/api/customers/${customerId}/contacts`),
      (await aoi.send('PATCH', `/api/customers/${customerId}`, { name: '花' })).body,
      (await aoi.send('POST', '/api/conversations', { accountId: account.id, phone: customer.phone })).body,
      (await aoi.reads(row.id, 1)).body,
      (await aoi.closes(row.id)).body,
      seenByAoi.heard,
    ].map((said) => JSON.stringify(said));
    expect(doors.map((said) => said.includes(customer.phone) || said.includes(whole))).toEqual(doors.map(() => false));
    expect(doors[0]).toContain(`090-****-${whole.slice(-4)}`);
    expect(doors.at(-1)).toContain(`090-****-${whole.slice(-4)}`);
    expect(JSON.stringify(seenByBoss.heard)).toContain(customer.phone);
    expect(JSON.stringify(seenByBoss.heard)).not.toContain('****');
  });

  it('one is shown on request, and it is written down who asked', async () => {
    const { customer, customerId } = await caller();
    const shown = await aoi.send<RevealedNumber>('POST', `/api/customers/${customerId}/reveal`);
    expect(shown.body.phone).toBe(customer.phone);
    const stranger = await world.agent(await world.account(world.first, '他社'));
    expect((await stranger.send('POST', `/api/customers/${customerId}/reveal`)).status).toBe(404);
    expect(await world.query('select agent_id from customer_reveals where customer_id = $1', [customerId])).toEqual([
      { agent_id: aoi.view.id },
    ]);
    // Whoever sees numbers whole sees whom they were shown; others see not even that.
    const { reveals } = await boss.get<CustomerProfile>(`/api/customers/${customerId}`);
    expect(reveals).toEqual([{ by: aoi.view.name, at: expect.any(String) }]);
    expect((await aoi.get<CustomerProfile>(`/api/customers/${customerId}`)).reveals).toBeNull();
  });
});

describe('labels', () => {
  it('are put on a conversation and taken off, told to every screen, and say nothing in the thread', async () => {
    const labels: LabelView[] = [];
    for (const [name, color] of [
      ['至急', 'red'],
      ['返金', 'blue'],
    ]) {
      const made = await admin.send<LabelView>('POST', '/api/labels', { accountId: account.id, name, color });
      expect(made.status).toBe(201);
      labels.push(made.body);
    }
    const [urgent, refund] = labels.map(({ id }) => id);
    const again = await admin.send('POST', '/api/labels', { accountId: account.id, name: '至急', color: 'red' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await aoi.send('POST', '/api/labels', { accountId: account.id, name: 'x', color: 'red' })).status).toBe(
      403,
    );

    const { row } = await caller();
    const screen = await boss.screen();
    const set = (body: object) =>
      aoi.send<ConversationRow & ErrorBody>('PUT', `/api/conversations/${row.id}/labels`, body);
    // At the same time, by two people: nothing is undone.
    await Promise.all([set({ add: [urgent] }), set({ add: [refund] })]);
    expect([...(await rowOf(aoi, row.id)).labelIds].sort()).toEqual([urgent, refund].sort());
    await screen.next('conversation:changed', (event) => event.row?.id === row.id && event.row.labelIds.length === 2);
    const after = (await set({ remove: [urgent] })).body;
    expect(after).toMatchObject({ labelIds: [refund], lastSeq: row.lastSeq, lastChange: row.lastChange });
    await screen.agrees();

    const elsewhere = await world.account(world.first, '別の口座');
    const foreign = await admin.send<LabelView>('POST', '/api/labels', {
      accountId: elsewhere.id,
      name: '至急',
      color: 'red',
    });
    const refused = await set({ add: [foreign.body.id] });
    expect([refused.status, refused.body.error.fields?.[0]]).toMatchObject([400, { field: 'add', rule: 'exists' }]);
    await admin.send('PATCH', `/api/labels/${refund}`, { active: false });
    expect((await set({ add: [urgent] })).body.labelIds).toEqual([refund, urgent]);
    const other = await caller();
    expect((await aoi.send('PUT', `/api/conversations/${other.row.id}/labels`, { add: [refund] })).status).toBe(400);
  });
});

describe('what is known of a customer', () => {
  it('attributes by the account’s own definition: full-width digits are taken, what is wrong is named', async () => {
    const field = async (key: string, kind: string, choices?: string[]) =>
      (
        await admin.send<CustomerField>('POST', '/api/customer-fields', {
          accountId: account.id,
          key,
          label: key,
          kind,
          choices,
        })
      ).body;
    const [points, birthday, rank] = [
      await field('points', 'number'),
      await field('birthday', 'date'),
      await field('rank', 'choice', ['金', '銀']),
    ];
    const bad = await admin.send('POST', '/api/customer-fields', {
      accountId: account.id,
      key: 'Rank!',
      label: 'x',
      kind: 'choice',
    });
    expect(bad.body.error.fields?.map(({ field: name }) => name)).toEqual(['key']);
    const { customerId } = await caller();
    const edit = (values: object) =>
      aoi.send<CustomerView & ErrorBody>('PATCH', `/api/customers/${customerId}`, { values });
    expect(
      (await edit({ [points.id]: '１，２００', [birthday.id]: '１９８５年４月１日', [rank.id]: '金' })).status,
    ).toBe(200);
    const wrong = await edit({ [points.id]: 'たくさん', [birthday.id]: '2026-02-30', [rank.id]: '銅', 999: 'x' });
    expect(wrong.body.error.fields?.map(({ field: name, rule }) => `${name} ${rule}`).sort()).toEqual(
      [
        `values.${points.id} notANumber`,
        `values.${birthday.id} notADate`,
        `values.${rank.id} notAChoice`,
        'values.999 exists',
      ].sort(),
    );
    expect((await profileOf(aoi, customerId)).values).toEqual({
      [points.id]: '1200',
      [birthday.id]: '1985-04-01',
      [rank.id]: '金',
    });
    await edit({ [rank.id]: null });
    expect(Object.keys((await profileOf(aoi, customerId)).values)).toHaveLength(2);
    const notAText = await edit({ [rank.id]: 5 as unknown as string });
    expect(notAText.status).toBe(400);
  });

  it('notes, language, 本人確認 that ends by itself', async () => {
    const { row, customerId } = await caller();
    await admin.send('PUT', `/api/customer-rules/${account.id}`, { verificationDays: 30 });
    const note = await aoi.send<CustomerNote>('POST', `/api/customers/${customerId}/notes`, { text: '午後に連絡希望' });
    expect((await boss.send('DELETE', `/api/customers/${customerId}/notes/${note.body.id}`)).status).toBe(403);
    await aoi.send('PATCH', `/api/customers/${customerId}`, { language: 'en' });
    const verified = await aoi.send('PUT', `/api/customers/${customerId}/verification`, {
      conversationId: row.id,
      method: 'birthday',
    });
    expect(verified.status).toBe(204);
    const profile = await profileOf(aoi, customerId);
    expect(profile).toMatchObject({
      language: 'en',
      notes: [{ text: '午後に連絡希望', by: { name: '葵' } }],
      verification: { method: 'birthday', by: '葵' },
    });
    const { at, until } = profile.verification!;
    expect(Date.parse(until) - Date.parse(at)).toBe(30 * 86_400_000);
    expect((await rowOf(aoi, row.id)).customer.verifiedUntil).toBe(until);
    expect((await aoi.send('DELETE', `/api/customers/${customerId}/notes/${note.body.id}`)).status).toBe(204);
    expect((await profileOf(aoi, customerId)).notes).toEqual([]);
  });

  it('earlier contacts: who had them, how they ended, where in the thread they begin', async () => {
    const { customer, row, customerId } = await caller();
    await aoi.takes(row.id);
    await aoi.posts(row.id, '一件目');
    await boss.takes(row.id);
    await aoi.closes(row.id);
    await boss.closes(row.id);
    const { lastSeq } = await rowOf(aoi, row.id);
    await customer.writes('二件目');
    await eventually(async () => (await rowOf(aoi, row.id)).contact !== null, 'the second contact');
    const page = await aoi.get<PastContacts>(`/api/customers/${customerId}/contacts?limit=1`);
    expect(page.contacts).toMatchObject([{ state: 'queued', agents: [], firstSeq: lastSeq + 1 }]);
    const older = await aoi.get<PastContacts>(`/api/customers/${customerId}/contacts?limit=1&before=${page.next}`);
    expect(older).toMatchObject({
      contacts: [{ state: 'closed', closeReason: 'agent', firstSeq: 1, conversationId: row.id }],
      next: null,
    });
    expect(older.contacts[0]!.agents).toContain('葵');
    const own = await world.agent(account, { visibility: 'own' });
    await aoi.takes(row.id);
    expect((await own.send('GET', `/api/customers/${customerId}/contacts`)).status).toBe(404);
    expect((await own.send('GET', `/api/customers/${customerId}`)).status).toBe(404);
  });
});

describe('a customer to whom nothing may be sent', () => {
  it('blocked: her messages are stored, nobody is asked, nothing goes out', async () => {
    const { customer, row, customerId } = await caller();
    await aoi.takes(row.id);
    expect((await aoi.send('PUT', `/api/customers/${customerId}/block`, {})).status).toBe(403);
    expect((await boss.send('PUT', `/api/customers/${customerId}/block`, { reason: '暴言' })).status).toBe(204);
    expect((await aoi.posts(row.id, '返信')).body.error.code).toBe('customer_blocked');
    await aoi.closes(row.id);
    await customer.writes('おい');
    await eventually(async () => {
      const { lastSeq, contact } = await rowOf(aoi, row.id);
      return lastSeq > row.lastSeq + 3 && contact === null;
    }, 'the message, and no contact');
    expect((await aoi.messages(row.id)).some(({ content }) => content.type === 'text' && content.text === 'おい')).toBe(
      true,
    );
    const [last] = (await aoi.get<PastContacts>(`/api/customers/${customerId}/contacts?limit=1`)).contacts;
    expect(last).toMatchObject({ closeReason: 'blocked', assignee: null, queueId: null });
    expect(await profileOf(aoi, customerId)).toMatchObject({
      block: { reason: '暴言', by: '美穂' },
      customer: { blocked: true },
    });
    await boss.send('DELETE', `/api/customers/${customerId}/block`);
    expect((await aoi.posts(row.id, '返信')).status).toBe(201);
  });

  it('opted out: an open enquiry of hers is answered, nothing else is sent', async () => {
    const { row, customerId } = await caller();
    expect((await aoi.send('PUT', `/api/customers/${customerId}/opt-out`)).status).toBe(204);
    expect((await aoi.posts(row.id, 'お答えします')).status).toBe(201);
    await aoi.closes(row.id);
    const refused = await aoi.posts(row.id, 'キャンペーンのお知らせ');
    expect([refused.status, refused.body.error.code]).toEqual([409, 'customer_opted_out']);
    await aoi.takes(row.id);
    expect((await aoi.posts(row.id, 'キャンペーンのお知らせ')).body.error.code).toBe('customer_opted_out');
    await aoi.send('DELETE', `/api/customers/${customerId}/opt-out`);
    expect((await aoi.posts(row.id, 'お知らせ')).status).toBe(201);
  });
});

describe('a new person with the same number', () => {
  it('begins with nothing known; the one before keeps her conversation, ended and to be read', async () => {
    const { customer, row, customerId } = await caller('前の方');
    await aoi.takes(row.id);
    const split = (desk: AgentDesk) =>
      desk.send<NewPerson & ErrorBody>('POST', `/api/customers/${customerId}/new-person`, { conversationId: row.id });
    expect((await split(aoi)).status).toBe(403);
    const { status, body } = await split(boss);
    expect(status).toBe(201);
    const before = await aoi.detail(row.id);
    expect(before.conversation).toMatchObject({ contact: null, customer: { name: '前の方', former: true } });
    expect((await aoi.posts(row.id, 'まだですか')).body.error.code).toBe('number_reassigned');
    expect((await split(boss)).body.error.code).toBe('number_reassigned');
    await customer.writes('はじめまして');
    const fresh = await eventually(async () => {
      const { conversation } = await aoi.detail(body.conversationId);
      return conversation.lastSeq > 0 && conversation;
    }, 'her first message');
    expect(fresh.customer).toMatchObject({ id: body.customerId, name: null, former: false });
    expect(
      (await aoi.messages(row.id)).every(({ content }) => content.type !== 'text' || content.text === 'もしもし'),
    ).toBe(true);
    expect((await aoi.posts(fresh.id, 'はじめまして')).status).toBe(201);
    await customer.received(1);
    expect((await profileOf(aoi, customerId)).successor).toEqual(body);
  });
});

describe('two customers who are one person', () => {
  const tables = [
    ['customers', 'id = any($1::bigint[])', "- 'version'"],
    ['customer_values', 'customer_id = any($1::bigint[])', ''],
    ['customer_notes', 'customer_id = any($1::bigint[])', ''],
    ['conversations', 'customer_id = any($1::bigint[])', "- 'version'"],
    ['messages', 'conversation_id in (select id from conversations where customer_id = any($1::bigint[]))', ''],
    ['contacts', 'conversation_id in (select id from conversations where customer_id = any($1::bigint[]))', ''],
    [
      'conversation_labels',
      'conversation_id in (select id from conversations where customer_id = any($1::bigint[]))',
      '',
    ],
  ] as const;

  /** Every row of both, whole; only the counters by which screens know that something changed go on. */
  async function snapshot(ids: string[]): Promise<unknown> {
    const rows = tables.map(([name, where, without]) =>
      world.query<{ row: unknown }>(
        `select to_jsonb(t) ${without} as row from ${name} t where ${where} order by (to_jsonb(t) ${without})::text`,
        [ids],
      ),
    );
    return Object.fromEntries((await Promise.all(rows)).map((found, index) => [tables[index]![0], found]));
  }

  async function pair() {
    const [stays, joins] = [await caller('山田 太郎'), await caller('山田 太郎')];
    const field = await admin.send<CustomerField>('POST', '/api/customer-fields', {
      accountId: account.id,
      key: `city_${stays.customerId}`,
      label: '都市',
      kind: 'text',
    });
    const values = { [field.body.id]: '大阪' };
    await aoi.send('PATCH', `/api/customers/${joins.customerId}`, { kana: 'やまだ たろう', language: 'en', values });
    for (const each of [stays, joins]) {
      await aoi.send('POST', `/api/customers/${each.customerId}/notes`, { text: `メモ ${each.customerId}` });
    }
    const merge = (desk: AgentDesk) =>
      desk.send<CustomerProfile & ErrorBody>('POST', `/api/customers/${stays.customerId}/merges`, {
        customerId: joins.customerId,
      });
    return { stays, joins, ids: [stays.customerId, joins.customerId], fieldId: field.body.id, merge };
  }

  it('are proposed by name, previewed, shown as one on every screen, and parted exactly', async () => {
    const { stays, joins, ids, fieldId, merge } = await pair();
    const before = await snapshot(ids);
    const found = await boss.get<MergeCandidate[]>(`/api/customers/${stays.customerId}/merge-candidates`);
    expect(found.map(({ customer, why }) => [customer.id, why[0]])).toContainEqual([joins.customerId, 'name']);
    const preview = await boss.get<MergePreview>(
      `/api/customers/${stays.customerId}/merge-preview?with=${joins.customerId}`,
    );
    expect(preview.fields).toContainEqual({
      field: 'kana',
      kept: null,
      joined: 'やまだ たろう',
      result: 'やまだ たろう',
    });
    expect(preview).toMatchObject({ notes: 1, conversations: 1 });
    expect((await merge(aoi)).status).toBe(403);
    expect(await snapshot(ids)).toEqual(before);

    const screen = await boss.screen();
    const { status, body } = await merge(boss);
    expect(status).toBe(201);
    expect(body).toMatchObject({ language: 'en', values: { [fieldId]: '大阪' } });
    expect(body.numbers.map(({ customerId }) => customerId)).toEqual(ids);
    expect(body.notes).toHaveLength(2);
    for (const { row } of [stays, joins]) {
      expect((await rowOf(aoi, row.id)).customer).toMatchObject({ kana: 'やまだ たろう', personId: stays.customerId });
    }
    const { contacts } = await aoi.get<PastContacts>(`/api/customers/${joins.customerId}/contacts`);
    expect(new Set(contacts.map(({ conversationId }) => conversationId))).toEqual(
      new Set([stays.row.id, joins.row.id]),
    );
    await screen.agrees();
    expect((await merge(boss)).body.error.code).toBe('already_merged');

    const mergeId = body.numbers[1]!.mergeId!;
    expect((await aoi.send('DELETE', `/api/customers/${stays.customerId}/merges/${mergeId}`)).status).toBe(403);
    expect((await boss.send('DELETE', `/api/customers/${stays.customerId}/merges/${mergeId}`)).status).toBe(200);
    expect(await snapshot(ids)).toEqual(before);
    await screen.agrees();
    expect((await boss.send('DELETE', `/api/customers/${stays.customerId}/merges/${mergeId}`)).status).toBe(404);
  });

  it('with words, notes and corrections in between: each stays with the number it came by, corrections with who stayed', async () => {
    const { stays, joins, ids, merge } = await pair();
    const { body } = await merge(boss);
    await joins.customer.writes('二つ目の番号から');
    await eventually(async () => (await rowOf(aoi, joins.row.id)).lastSeq > joins.row.lastSeq, 'the message');
    await aoi.send('POST', `/api/customers/${joins.customerId}/notes`, { text: '統合中のメモ' });
    await aoi.send('PATCH', `/api/customers/${joins.customerId}`, { kana: 'ヤマダ' });
    const during = (await snapshot(ids)) as Record<string, unknown>;
    const mergeId = body.numbers[1]!.mergeId!;
    await boss.send('DELETE', `/api/customers/${joins.customerId}/merges/${mergeId}`);
    const after = (await snapshot(ids)) as Record<string, unknown>;
    for (const table of ['messages', 'contacts', 'customer_notes', 'conversations'])
      expect(after[table]).toEqual(during[table]);
    const [stayed, parted] = [await profileOf(boss, stays.customerId), await profileOf(boss, joins.customerId)];
    expect(stayed).toMatchObject({ customer: { name: '山田 太郎', kana: 'ヤマダ' }, language: null, values: {} });
    expect(parted).toMatchObject({ customer: { kana: 'やまだ たろう' }, language: 'en' });
    expect(stayed.notes.map(({ text }) => text)).toEqual([`メモ ${stays.customerId}`]);
    expect(parted.notes.map(({ text }) => text)).toEqual(['統合中のメモ', `メモ ${joins.customerId}`]);
    expect(
      (await boss.get<ConversationDetail>(`/api/conversations/${joins.row.id}`)).conversation.customer.personId,
    ).toBe(joins.customerId);
  });
});
