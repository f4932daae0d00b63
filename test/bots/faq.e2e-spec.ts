import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaqBot } from '#libs/bots/index.js';
import type {
  BotAnswer,
  BotTurn,
  BotWords,
  ErrorBody,
  FaqBook,
  FaqEntry,
  FaqImport,
  FaqTrial,
  FaqUnanswered,
} from '#libs/contracts/index.js';
import type { AgentDesk, Answer } from '../support/agent-desk.js';
import { World, type OfficialAccount } from '../support/world.js';

type Entry = FaqEntry & ErrorBody;

let world: World;
let account: OfficialAccount;
let other: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;
let boss: AgentDesk;
let stranger: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  [account, other] = [await world.account(), await world.account(undefined, '窓口保険')];
  [aoi, ren, boss, stranger] = [
    await world.agent(account, { name: '葵' }),
    await world.agent(account, { name: '蓮' }),
    await world.agent(account, { role: 'supervisor' }),
    await world.agent(other, { role: 'supervisor' }),
  ];
});
afterAll(() => world?.close());

const text = (words: string) => ({ type: 'text' as const, text: words });
const create = (desk: AgentDesk, phrasings: string[], answer: string, more: object = {}) =>
  desk.send<Entry>('POST', '/api/faq/entries', { accountId: account.id, phrasings, content: text(answer), ...more });
const edit = (desk: AgentDesk, id: string, body: object) => desk.send<Entry>('PATCH', `/api/faq/entries/${id}`, body);
const tried = async (question: string, desk = boss) =>
  (await desk.send<FaqTrial>('POST', '/api/faq/try', { accountId: account.id, question })).body;
const book = (desk: AgentDesk) => desk.get<FaqBook>('/api/faq');
const unanswered = () => boss.get<FaqUnanswered[]>('/api/faq/unanswered');

/** A turn as the console asks it. */
function turnOf(said: string | BotWords, state: unknown = null, contactId = '1', id: string = randomUUID()): BotTurn {
  return {
    id,
    bot: { id: '1', name: 'FAQ' },
    account: { id: account.id, name: '窓口銀行' },
    conversationId: '1',
    contactId,
    ownership: 1,
    number: 1,
    language: 'ja',
    customer: { id: '1', name: null, attributes: {} },
    said: [typeof said === 'string' ? { seq: 1, type: 'text', text: said } : said],
    thread: [],
    state,
    deadline: new Date(Date.now() + 10_000).toISOString(),
  };
}
const bot = () => world.first.app.get(FaqBot);
const ask = (...of: Parameters<typeof turnOf>): Promise<BotAnswer> => bot().answer(turnOf(...of));

async function sendFile(desk: AgentDesk, query: string, file: string): Promise<Answer<FaqImport & ErrorBody>> {
  const answer = await fetch(`${desk.url}/api/faq/import?accountId=${account.id}${query}`, {
    method: 'POST',
    headers: { cookie: desk.cookie, 'content-type': 'text/csv' },
    body: file,
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as FaqImport & ErrorBody };
}

describe('the FAQ', () => {
  it('is written by whoever has the right, read by the account’s people, and answers at once', async () => {
    const made = await create(boss, ['引き落とし日はいつですか', '支払日'], '毎月10日です。', { category: 'お支払い' });
    expect(made).toMatchObject({ status: 201, body: { state: 'on', version: 1, language: 'ja', proposedBy: null } });
    expect((await book(aoi)).entries).toMatchObject([{ id: made.body.id }]);
    expect((await book(aoi)).mayEdit).toBe(false);
    expect((await book(stranger)).entries).toEqual([]);
    expect(await tried('引落日は？', aoi)).toMatchObject({
      verdict: 'answer',
      reply: { text: '毎月10日です。' },
      candidates: [{ entryId: made.body.id, title: '引き落とし日はいつですか', offered: true }],
    });
    const edited = await edit(boss, made.body.id, { version: 1, content: text('毎月27日です。') });
    expect(edited.body).toMatchObject({ version: 2, phrasings: made.body.phrasings });
    expect((await tried('引落日は？')).reply.text).toBe('毎月27日です。');
    expect((await edit(boss, made.body.id, { version: 1, category: '' })).status).toBe(409);
    expect((await edit(stranger, made.body.id, { category: '' })).status).toBe(404);
    expect((await boss.send('DELETE', `/api/faq/entries/${made.body.id}`)).status).toBe(204);
    expect((await tried('引落日は？')).verdict).toBe('unsure');
    expect((await boss.send('POST', `/api/faq/entries/${made.body.id}/restore`)).status).toBe(200);
    expect((await tried('引落日は？')).verdict).toBe('answer');
  });

  it('takes proposals from agents, and answers with them only once they are confirmed', async () => {
    const proposal = await create(aoi, ['のしを付けられますか'], '承ります。', { state: 'on' });
    expect(proposal.body).toMatchObject({ state: 'proposed', proposedBy: { name: '葵' } });
    expect((await tried('のしを付けられますか')).verdict).not.toBe('answer');
    expect((await edit(aoi, proposal.body.id, { content: text('無料で承ります。') })).body.state).toBe('proposed');
    expect((await edit(ren, proposal.body.id, { category: 'x' })).status).toBe(403);
    expect((await aoi.send('GET', '/api/faq/unanswered')).status).toBe(403);
    expect((await edit(boss, proposal.body.id, { state: 'on' })).body).toMatchObject({ state: 'on', proposedBy: null });
    expect((await tried('のしを付けられますか')).reply.text).toBe('無料で承ります。');
    expect((await edit(aoi, proposal.body.id, { category: 'x' })).status).toBe(403);
  });

  it('answers only while an entry is valid and switched on', async () => {
    const entry = (await create(boss, ['夏のキャンペーンの内容'], '半額です。')).body;
    const verdict = async (change: object) => {
      await edit(boss, entry.id, change);
      return (await tried('夏のキャンペーンの内容')).verdict;
    };
    expect(await verdict({ state: 'off' })).not.toBe('answer');
    expect(await verdict({ state: 'on', validFrom: '2099-01-01T00:00:00.000Z' })).not.toBe('answer');
    expect(await verdict({ validFrom: null, validUntil: '2020-01-01T00:00:00.000Z' })).not.toBe('answer');
    expect(await verdict({ validUntil: null })).toBe('answer');
  });

  it('names the field and the limit that a body broke', async () => {
    const faultsOf = async (...body: Parameters<typeof create>) => (await create(...body)).body.error.fields;
    expect(await faultsOf(boss, [' '], '')).toMatchObject([
      { field: 'phrasings', rule: 'required' },
      { field: 'content.text', rule: 'required' },
    ]);
    expect(await faultsOf(boss, ['a', 'あ'.repeat(121)], 'x')).toMatchObject([
      { field: 'phrasings.1', limit: 120, actual: 121 },
    ]);
    expect(await faultsOf(boss, ['a'], 'x', { accountId: other.id })).toMatchObject([
      { field: 'accountId', rule: 'exists' },
    ]);
  });

  it('understands an account’s own words for the same thing', async () => {
    await create(boss, ['みなとプランに申し込みたい'], 'アプリからどうぞ。');
    expect((await tried('スーパーエムにしたい')).verdict).toBe('unsure');
    const groups = [['みなとプラン', ' スーパーエム ', 'みなとプラン'], ['ひとり']];
    const kept = await boss.send('PUT', `/api/faq/rewordings/${account.id}`, { groups });
    expect(kept.body).toEqual({ accountId: account.id, groups: [['みなとプラン', 'スーパーエム']] });
    expect((await tried('スーパーエムにしたい')).candidates[0]!.title).toBe('みなとプランに申し込みたい');
    expect((await aoi.send('PUT', `/api/faq/rewordings/${account.id}`, { groups })).status).toBe(403);
    expect((await boss.send('PUT', `/api/faq/rewordings/${other.id}`, { groups })).status).toBe(400);
  });
});

describe('files', () => {
  it('come in whole or not at all, and name the row and the column of a fault', async () => {
    const file =
      '質問,回答,分類,状態\r\n"返品したい\r\n返品の方法",8日以内です。,返品,\r\n,答え,,\r\n送料,550円,,どれでも\r\n';
    const refused = await sendFile(boss, '', file);
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: 'bad_rows', fields: [{ field: 'rows.3.phrasings' }, { field: 'rows.4.state' }] } },
    });
    expect((await tried('返品したい')).verdict).not.toBe('answer');
    expect((await sendFile(boss, '&dryRun=true', file)).body).toMatchObject({
      rows: 3,
      created: 1,
      updated: 0,
      skipped: 2,
    });
    expect((await sendFile(boss, '&skipBad=true', file)).body).toMatchObject({ created: 1, skipped: 2 });
    expect((await tried('返品したい')).reply.text).toBe('8日以内です。');
    expect((await sendFile(aoi, '', file)).status).toBe(403);
  });

  it('that went out come back without doubling anything', async () => {
    const before = (await book(boss)).entries.length;
    const out = await fetch(`${boss.url}/api/faq/export?accountId=${account.id}`, { headers: { cookie: boss.cookie } });
    expect(out.headers.get('content-disposition')).toContain('faq.csv');
    const file = await out.text();
    expect((await sendFile(boss, '', file)).body).toMatchObject({ created: 0, updated: before, skipped: 0 });
    expect((await book(boss)).entries).toHaveLength(before);
    const stolen = await fetch(`${stranger.url}/api/faq/export?accountId=${account.id}`, {
      headers: { cookie: stranger.cookie },
    });
    expect(stolen.status).toBe(400);
  });
});

describe('the bot', () => {
  it('says an answer, counts it once, and offers it to agents as an idea', async () => {
    const entry = (await create(boss, ['駐車場はありますか'], '地下に20台分ございます。')).body;
    const turn = turnOf('駐車場ありますか');
    for (let round = 0; round < 2; round++) {
      expect((await bot().answer(turn)).steps[0]).toMatchObject({ do: 'say', text: '地下に20台分ございます。' });
    }
    expect((await book(boss)).entries.find(({ id }) => id === entry.id)).toMatchObject({ answered: 1, offered: 0 });
    expect(await bot().ideas(turn)).toMatchObject([{ text: '地下に20台分ございます。', source: '駐車場はありますか' }]);
    expect(await unanswered()).toEqual([]);
  });

  it('asks back, understands the press, and counts the choice', async () => {
    const [day, bank] = [
      (await create(boss, ['ポイントの有効期限'], '1年です。')).body,
      (await create(boss, ['ポイントの使い方'], '1ポイント1円です。')).body,
    ];
    const asked = await ask('ポイント', null, '7');
    const step = asked.steps[0]!;
    if (step.do !== 'ask') throw new Error(`it did not ask back: ${JSON.stringify(asked)}`);
    expect(step.suggestions.map(({ label }) => label).toSorted()).toEqual(
      ['この中にはない', 'ポイントの使い方', 'ポイントの有効期限'].toSorted(),
    );
    expect(await unanswered()).toMatchObject([{ question: 'ポイント', verdict: 'ask', count: 1 }]);
    const { payload, label } = step.suggestions.find((each) => each.label === 'ポイントの使い方')!;
    const chosen = await ask({ seq: 3, type: 'press', label, payload, of: 2 }, asked.state, '7');
    expect(chosen.steps[0]).toMatchObject({ do: 'say', text: '1ポイント1円です。' });
    const entries = (await book(boss)).entries;
    expect(entries.find(({ id }) => id === bank.id)).toMatchObject({ offered: 1, chosen: 1 });
    expect(entries.find(({ id }) => id === day.id)).toMatchObject({ offered: 1, chosen: 0 });
    expect(await unanswered()).toEqual([]);
  });

  it('lists what it could not answer, alike together and without card numbers, until an entry answers it', async () => {
    const first = await ask('ドローンの保険に入れますか 4242 4242 4242 4242', null, '8');
    expect(first.steps[0]).toMatchObject({ do: 'ask' });
    await ask('ドローンの保険はありますか', null, '9');
    await ask('店長を出してください', null, '10');
    const [newest, alike, ...rest] = await unanswered();
    expect(rest).toEqual([]);
    expect(newest).toMatchObject({ question: '店長を出してください', count: 1 });
    expect(alike).toMatchObject({ question: 'ドローンの保険はありますか', count: 2, verdict: 'unsure' });
    expect(alike!.also.join()).not.toContain('4242 4242');
    expect(await stranger.get('/api/faq/unanswered')).toEqual([]);
    const made = await create(boss, ['ドローンの保険に入れますか'], 'お取り扱いがございません。', {
      questionId: alike!.id,
    });
    expect(made.status).toBe(201);
    expect((await unanswered()).map(({ question }) => question)).toEqual(['店長を出してください']);
    expect((await ask('ドローン保険ありますか')).steps[0]).toMatchObject({ do: 'say' });
    await stranger.send('POST', '/api/faq/unanswered/settle', { ids: newest!.ids });
    expect(await unanswered()).toHaveLength(1);
    expect((await boss.send('POST', '/api/faq/unanswered/settle', { ids: newest!.ids })).status).toBe(204);
    expect(await unanswered()).toEqual([]);
  });

  it('passes on the second time that it does not know, with the question', async () => {
    const once = await ask('宇宙旅行の予約', null, '11');
    expect((await ask('火星に行きたい', once.state, '11')).steps).toEqual([
      { do: 'handOff', reason: 'unsure', summary: '火星に行きたい' },
    ]);
  });

  it('stands among the bots from the first start on, and is on duty nowhere', async () => {
    const bots = await boss.get<{ key: string; kind: string; available: boolean; accountIds: string[] }[]>('/api/bots');
    expect(bots.find(({ key }) => key === 'faq')).toMatchObject({ kind: 'faq', available: true, accountIds: [] });
  });
});
