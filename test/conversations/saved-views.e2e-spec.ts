import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationPage, LabelView, ListFilters, QueueView, SavedView } from '#libs/contracts/index.js';
import { belongs, type ListNarrowing } from '../../client/src/conversations/list.cache.js';
import { Stage } from '../routing/stage.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';

let stage: Stage;
let aoi: AgentDesk;
let ren: AgentDesk;
let boss: AgentDesk;
let cards: QueueView;

const none: ListFilters = { account: null, queue: null, agent: null, unanswered: false, label: null, state: null };
const body = (name: string, filters: Partial<ListFilters>, shared = false) => ({
  name,
  shared,
  order: 'waiting',
  filters: { ...none, ...filters },
});
const saves = (desk: AgentDesk, name: string, filters: Partial<ListFilters> = { agent: 'me' }, shared = false) =>
  desk.send<SavedView & { error: object }>('POST', '/api/saved-views', body(name, filters, shared));
const names = async (desk: AgentDesk) => (await desk.get<SavedView[]>('/api/saved-views')).map(({ name }) => name);

beforeAll(async () => {
  stage = await Stage.open();
  const desk = (name: string, visibility: 'own' | 'account', role: 'agent' | 'supervisor' = 'agent') =>
    stage.world.agent(stage.account, { name, visibility, role, capacity: 9 });
  [aoi, ren, boss] = [
    await desk('葵', 'account'),
    await desk('蓮', 'own'),
    await desk('主任', 'account', 'supervisor'),
  ];
  cards = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.view.id, ren.view.id] });
});
afterAll(() => stage?.close());

describe('saved views', () => {
  it('are one’s own, or everybody’s by those who may share', async () => {
    const own = await saves(aoi, ' 自分の未対応 ', { agent: 'me', unanswered: true });
    expect(own).toMatchObject({ status: 201, body: { name: '自分の未対応', shared: false } });
    expect((await saves(aoi, '共有', { unanswered: true }, true)).status).toBe(403);
    const shared = await saves(boss, '全員の未対応', { unanswered: true }, true);
    expect(shared.status).toBe(201);
    expect(await names(aoi)).toEqual(['自分の未対応', '全員の未対応']);
    expect(await names(ren)).toEqual(['全員の未対応']);
    expect((await ren.send('PATCH', `/api/saved-views/${own.body.id}`, { name: '横取り' })).status).toBe(404);
    expect((await ren.send('DELETE', `/api/saved-views/${own.body.id}`)).status).toBe(404);
    expect((await aoi.send('DELETE', `/api/saved-views/${shared.body.id}`)).status).toBe(403);
    expect((await boss.send('DELETE', `/api/saved-views/${shared.body.id}`)).status).toBe(204);
    expect(await names(ren)).toEqual([]);
  });

  it('are renamed, put in order, forgotten and brought back', async () => {
    const [a, b, c] = [await saves(ren, 'あ'), await saves(ren, 'い'), await saves(ren, 'う')];
    const ids = [c.body.id, a.body.id, b.body.id];
    await ren.send('PUT', '/api/saved-views/order', { shared: false, ids });
    expect(await names(ren)).toEqual(['う', 'あ', 'い']);
    await ren.send('PATCH', `/api/saved-views/${a.body.id}`, { name: 'え' });
    await ren.send('DELETE', `/api/saved-views/${c.body.id}`);
    expect(await names(ren)).toEqual(['え', 'い']);
    await saves(ren, 'う');
    expect(await names(ren)).toEqual(['え', 'い', 'う']);
    // Somebody else's order is not touched by it.
    await aoi.send('PUT', '/api/saved-views/order', { shared: false, ids: [b.body.id, a.body.id] });
    expect(await names(ren)).toEqual(['え', 'い', 'う']);
  });

  it('say what is wrong with them', async () => {
    expect((await saves(aoi, '全部', {})).body.error).toMatchObject({
      fields: [{ field: 'filters', rule: 'narrowsNothing' }],
    });
    expect((await saves(aoi, '終わった自分の', { agent: 'me', state: 'closed' })).body.error).toMatchObject({
      fields: [{ field: 'filters.state', rule: 'neverTogether' }],
    });
    expect((await saves(aoi, ' ')).status).toBe(400);
    expect((await saves(aoi, 'あ'.repeat(41))).status).toBe(400);
  });
});

describe('the list, narrowed', () => {
  it('shows the same as the browser would keep, for whoever may read it', async () => {
    const phones = await stage.arrive(5);
    await eventually(async () => (await aoi.rows('queue')).length === 5, 'five in the queue');
    const [first, second, third, fourth] = await Promise.all(phones.map((phone) => aoi.conversationWith({ phone })));
    await aoi.takes(first!.id);
    await aoi.takes(second!.id);
    await aoi.posts(second!.id, '少々お待ちください');
    await ren.takes(third!.id);
    await aoi.takes(fourth!.id);
    await aoi.closes(fourth!.id);
    const admin = await stage.world.agent(stage.account, { role: 'admin', visibility: 'all' });
    const urgent = { accountId: stage.account.id, name: '至急', color: 'red' };
    const label = (await admin.send<LabelView>('POST', '/api/labels', urgent)).body.id;
    for (const { id } of [first!, fourth!])
      await admin.send('PUT', `/api/conversations/${id}/labels`, { add: [label] });
    const cases: [string, ListNarrowing][] = [
      [`queue=${cards.id}`, { queue: cards.id }],
      [`queue=${cards.id}&agent=none`, { queue: cards.id, agent: null }],
      [
        `queue=${cards.id}&agent=${aoi.view.id}&unanswered=true`,
        { queue: cards.id, agent: aoi.view.id, unanswered: true },
      ],
      [`agent=${aoi.view.id}`, { agent: aoi.view.id }],
      [`agent=${ren.view.id}`, { agent: ren.view.id }],
      ['agent=none', { agent: null }],
      ['unanswered=true', { unanswered: true }],
      ['agent=none&unanswered=true', { agent: null, unanswered: true }],
      [`label=${label}`, { label }],
      [`label=${label}&state=closed`, { label, state: 'closed' }],
      [`queue=${cards.id}&label=${label}`, { queue: cards.id, label }],
      [`unanswered=true&label=${label}`, { unanswered: true, label }],
      ['state=open', { state: 'open' }],
      ['state=closed', { state: 'closed' }],
    ];
    for (const desk of [aoi, ren, boss]) {
      const all = await desk.rows();
      for (const [query, filters] of cases) {
        const rules = { view: 'all' as const, order: 'newest' as const, me: desk.view.id, filters };
        const expected = all.filter((row) => belongs(row, rules)).map(({ id }) => id);
        const page = await desk.get<ConversationPage>(`/api/conversations?view=all&order=newest&limit=200&${query}`);
        expect({ query, ids: page.rows.map(({ id }) => id) }).toEqual({ query, ids: expected });
      }
    }
    const mine = await aoi.get<ConversationPage>('/api/conversations?view=all&agent=me&unanswered=true');
    expect(mine.rows.map(({ id }) => id)).toEqual([first!.id]);
  });
});
