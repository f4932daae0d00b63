import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CannedBook,
  CannedImport,
  CannedResponse,
  ErrorBody,
  ForbiddenWord,
  QueueView,
  UnmaskedMessage,
} from '#libs/contracts/index.js';
import type { AgentDesk, Answer } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

type Canned = CannedResponse & ErrorBody;

let world: World;
let account: OfficialAccount;
let other: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;
let boss: AgentDesk;
let admin: AgentDesk;
let queue: QueueView;

beforeAll(async () => {
  world = await World.open();
  [account, other] = [await world.account(), await world.account(undefined, '窓口保険')];
  [aoi, ren, boss, admin] = [
    await world.agent(account, { name: '葵' }),
    await world.agent(account, { name: '蓮' }),
    await world.agent(account, { role: 'supervisor' }),
    await world.agent(account, { role: 'admin', visibility: 'all', accountIds: [account.id, other.id] }),
  ];
  const members = [{ agentId: aoi.view.id, rank: 1, delaySeconds: 0 }];
  const made = await admin.send<QueueView>('POST', '/api/queues', { name: '旅行', accountIds: [account.id], members });
  queue = made.body;
});
afterAll(() => world?.close());

const text = (words: string) => ({ type: 'text' as const, text: words });
const book = (desk: AgentDesk) => desk.get<CannedBook>('/api/canned-responses');
const names = async (desk: AgentDesk) => (await book(desk)).responses.map(({ name }) => name).sort();
const create = (desk: AgentDesk, body: object) => desk.send<Canned>('POST', '/api/canned-responses', body);
const personal = (name: string, more: object = {}) => ({
  scope: 'personal',
  name,
  content: text(`${name}です`),
  ...more,
});
const ofAccount = (name: string, more: object = {}) => ({
  ...personal(name, more),
  scope: 'account',
  ownerId: account.id,
});
const ofQueue = (name: string, more: object = {}) => ({ ...personal(name, more), scope: 'queue', ownerId: queue.id });

async function sendFile(
  desk: AgentDesk,
  query: string,
  file: string | Uint8Array,
  type: string,
): Promise<Answer<CannedImport & ErrorBody>> {
  const answer = await fetch(`${desk.url}/api/canned-responses/import${query}`, {
    method: 'POST',
    headers: { cookie: desk.cookie, 'content-type': type },
    body: file as BodyInit,
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as CannedImport & ErrorBody };
}

describe('canned responses', () => {
  it('stand on shelves: everybody’s own, the queue’s for its members, the account’s for its people', async () => {
    expect((await create(aoi, personal('私の挨拶'))).status).toBe(201);
    expect((await create(admin, ofQueue('窓口の挨拶'))).status).toBe(201);
    expect((await create(boss, ofAccount('全員の挨拶'))).status).toBe(201);
    expect((await create(admin, { ...ofAccount('保険の挨拶'), ownerId: other.id })).status).toBe(201);
    expect(await names(aoi)).toEqual(['全員の挨拶', '私の挨拶', '窓口の挨拶']);
    expect(await names(ren)).toEqual(['全員の挨拶']);
    expect(await names(boss)).toEqual(['全員の挨拶', '窓口の挨拶']);
    expect(await names(admin)).toEqual(['保険の挨拶', '全員の挨拶', '窓口の挨拶']);
    expect((await book(aoi)).shelves).toEqual([
      { scope: 'personal', ownerId: null, name: null, mayEdit: true },
      { scope: 'queue', ownerId: queue.id, name: '旅行', mayEdit: false },
      { scope: 'account', ownerId: account.id, name: '窓口銀行', mayEdit: false },
    ]);
  });

  it('of queues and accounts are changed by whoever has the right; nobody reaches another person’s', async () => {
    expect((await create(aoi, ofQueue('だめ'))).status).toBe(403);
    expect((await create(aoi, ofAccount('だめ'))).status).toBe(403);
    expect((await create(boss, { ...ofAccount('だめ'), ownerId: other.id })).body.error.fields).toMatchObject([
      { field: 'ownerId', rule: 'exists' },
    ]);
    const [hers] = (await book(aoi)).responses.filter(({ scope }) => scope === 'personal');
    const [shared] = (await book(aoi)).responses.filter(({ scope }) => scope === 'account');
    for (const desk of [ren, boss, admin]) {
      expect((await desk.send('PATCH', `/api/canned-responses/${hers!.id}`, { name: '私の' })).status).toBe(404);
      expect((await desk.send('DELETE', `/api/canned-responses/${hers!.id}`)).status).toBe(404);
      expect((await desk.send('POST', `/api/canned-responses/${hers!.id}/uses`)).status).toBe(404);
    }
    expect((await aoi.send('DELETE', `/api/canned-responses/${shared!.id}`)).status).toBe(403);
    // Onto a shelf that she may not write on.
    const moved = await aoi.send('PATCH', `/api/canned-responses/${hers!.id}`, {
      scope: 'account',
      ownerId: account.id,
    });
    expect(moved.status).toBe(403);
  });

  it('name the field and the limit that a body broke', async () => {
    const faultOf = async (more: object) => (await create(aoi, personal('あ', more))).body.error;
    expect(await faultOf({ content: text('あ'.repeat(2731)) })).toMatchObject({
      code: 'text_too_long',
      fields: [
        { field: 'content.text', limit: 2730, actual: 2731, unit: 'utf16' },
        { field: 'content.text', limit: 8190, actual: 8193, unit: 'bytes' },
      ],
    });
    expect((await faultOf({ name: 'あ'.repeat(61) })).fields).toMatchObject([{ field: 'name', limit: 60, actual: 61 }]);
    expect((await faultOf({ shortcut: 'x'.repeat(31) })).fields).toMatchObject([{ field: 'shortcut', limit: 30 }]);
    expect((await faultOf({ shortcut: 'a b' })).fields).toMatchObject([{ field: 'shortcut', rule: 'isShortcut' }]);
    expect((await faultOf({ name: '  ' })).fields).toMatchObject([{ field: 'name', rule: 'required' }]);
    expect((await faultOf({ name: 'a\0' })).fields).toMatchObject([{ field: 'name' }]);
  });

  it('have a shortcut once on a shelf, whatever its width; another shelf may have it too', async () => {
    expect((await create(aoi, personal('一', { shortcut: '/Greet' }))).body.shortcut).toBe('Greet');
    const taken = await create(aoi, personal('二', { shortcut: 'ｇｒｅｅｔ' }));
    expect(taken.status).toBe(409);
    expect(taken.body.error.fields).toMatchObject([{ field: 'shortcut', rule: 'taken' }]);
    expect((await create(ren, personal('一', { shortcut: 'greet' }))).status).toBe(201);
    expect((await create(boss, ofAccount('一', { shortcut: 'greet' }))).status).toBe(201);
  });

  it('are changed by one at a time, deleted and put back, counted when sent', async () => {
    const { body: made } = await create(aoi, personal('編集', { folder: ' 旅行 ／ 返金/', shortcut: 'edit' }));
    expect(made.folder).toBe('旅行/返金');
    const path = `/api/canned-responses/${made.id}`;
    const edited = await aoi.send<Canned>('PATCH', path, { version: 1, reading: 'へんしゅう', shortcut: null });
    expect(edited.body).toMatchObject({ version: 2, reading: 'へんしゅう', shortcut: null, folder: '旅行/返金' });
    expect((await aoi.send('PATCH', path, { version: 1, name: '遅い' })).status).toBe(409);
    expect((await aoi.send('POST', `${path}/uses`)).status).toBe(204);
    expect((await aoi.send('POST', `${path}/uses`)).status).toBe(204);
    expect((await aoi.send('DELETE', path)).status).toBe(204);
    expect(await names(aoi)).not.toContain('編集');
    expect((await aoi.send('POST', `${path}/uses`)).status).toBe(404);
    const back = await aoi.send<Canned>('POST', `${path}/restore`);
    expect(back.body).toMatchObject({ name: '編集', uses: 2 });
    expect(await names(aoi)).toContain('編集');
  });

  it('are told to whoever may use them, also at another node, and to nobody else', async () => {
    const node = await world.node();
    const elsewhere = await world.agent(other);
    const here = await ren.screen();
    const screens = [here, await boss.at(node.url).screen(), await elsewhere.screen()];
    await create(aoi, personal('誰にも言わない'));
    await create(boss, ofAccount('知らせ'));
    await create(admin, { ...ofAccount('保険の知らせ'), ownerId: other.id });
    await Promise.all(screens.map((screen) => screen.next('canned:changed')));
    // Told in the order in which they were made: what was not meant for her would have come before.
    expect(screens.map(({ heard }) => heard.filter(({ name }) => name === 'canned:changed').length)).toEqual([1, 1, 1]);
    await create(boss, ofAccount('もう一度'));
    await eventually(() => here.heard.filter(({ name }) => name === 'canned:changed').length === 2, 'the second news');
    for (const screen of screens) screen.close();
    await world.leave(node);
  });
});

describe('files of canned responses', () => {
  const head = '範囲,窓口・アカウント,フォルダ,名前,読み,ショートカット,本文\r\n';
  const rows = Array.from({ length: 1000 }, (_, n) => `,,まとめ,定型${n + 1},,s${n + 1},"${n + 1}行目、\n改行"`);
  const good = `\uFEFF${head}${rows.join('\r\n')}\r\n`;
  const bad = `\uFEFF${head}${rows.map((row, n) => (n === 511 ? `,,まとめ,定型512,,s512,${'あ'.repeat(2731)}` : row)).join('\r\n')}`;
  const onAccount = () => `?scope=account&ownerId=${account.id}`;
  const stored = async () => (await book(boss)).responses.filter(({ folder }) => folder === 'まとめ').length;

  it('with one bad row of 1,000 name row and column, and bring nothing in until told to skip it', async () => {
    const refused = await sendFile(boss, onAccount(), bad, 'text/csv');
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      code: 'bad_rows',
      fields: [
        { field: 'rows.513.text', rule: 'tooLong', limit: 2730, actual: 2731, unit: 'utf16' },
        { field: 'rows.513.text', rule: 'tooLong', limit: 8190, actual: 8193, unit: 'bytes' },
      ],
    });
    expect(refused.body.error.message).toContain('Row 513, column 本文');
    expect(await stored()).toBe(0);

    const looked = await sendFile(boss, `${onAccount()}&dryRun=true`, bad, 'text/csv');
    expect(looked.body).toMatchObject({ rows: 1000, created: 999, updated: 0, skipped: 1 });
    expect(looked.body.faults[0]).toMatchObject({ row: 513, column: 'text' });
    expect(await stored()).toBe(0);

    const taken = await sendFile(boss, `${onAccount()}&skipBad=true`, bad, 'text/csv');
    expect(taken.body).toMatchObject({ rows: 1000, created: 999, updated: 0, skipped: 1 });
    expect(await stored()).toBe(999);
  });

  it('imported again replace by name and double nothing', async () => {
    const again = await sendFile(boss, onAccount(), good, 'text/csv');
    expect(again.body).toEqual({ rows: 1000, created: 1, updated: 999, skipped: 0, faults: [] });
    expect(await stored()).toBe(1000);
    const one = (await book(boss)).responses.find(({ name }) => name === '定型512');
    expect(one).toMatchObject({ shortcut: 's512', content: { type: 'text', text: '512行目、\n改行' } });
  });

  it('go out as CSV and JSON, and either comes back in whole', async () => {
    const before = await book(boss);
    for (const [format, type] of [
      ['csv', 'text/csv'],
      ['json', 'text/json'],
    ] as const) {
      const answer = await fetch(`${boss.url}/api/canned-responses/export?format=${format}`, {
        headers: { cookie: boss.cookie },
      });
      expect(answer.headers.get('content-disposition')).toContain(`canned-responses.${format}`);
      const file = new Uint8Array(await answer.arrayBuffer());
      const back = await sendFile(boss, '', file, type);
      expect(back.body).toMatchObject({ created: 0, updated: before.responses.length, skipped: 0 });
    }
    const plain = ({ version: _, updatedAt: __, ...rest }: CannedResponse) => rest;
    expect((await book(boss)).responses.map(plain)).toEqual(before.responses.map(plain));
  });

  it('tell what stands twice, what is taken, and which shelf is not hers', async () => {
    const file = `${head},,,甲,,dup,い\n,,,甲,,,い\n,,,乙,,ＤＵＰ,い\n公式アカウント,窓口銀行,,丙,,,い\n,,,丁,,greet,い\n`;
    const refused = await sendFile(aoi, '', file, 'text/csv');
    expect(refused.body.error.fields?.map(({ field, rule }) => [field, rule])).toEqual([
      ['rows.3.name', 'taken'],
      ['rows.4.shortcut', 'taken'],
      ['rows.5.scope', 'forbidden'],
      ['rows.6.shortcut', 'taken'],
    ]);
    expect((await sendFile(aoi, onAccount(), good, 'text/csv')).status).toBe(403);
  });

  it('in JSON, also as an ordinary body; a cell with half a character is a bad row', async () => {
    const taken = await aoi.send<CannedImport>('POST', '/api/canned-responses/import', [
      { name: '日本語', text: 'はい' },
    ]);
    expect(taken.body).toMatchObject({ rows: 1, created: 1 });
    const refused = await sendFile(aoi, '', '[{"name":"あ","text":"\\ud800"},{"text":"名無し"}]', 'text/json');
    expect(refused.body.error.fields?.map(({ field, rule }) => [field, rule])).toEqual([
      ['rows.1.text', 'storable'],
      ['rows.2.name', 'required'],
    ]);
    expect((await sendFile(aoi, '', new Uint8Array([0xff, 0xfd]), 'text/csv')).body.error.fields).toMatchObject([
      { field: 'file', rule: 'encoding' },
    ]);
  });
});

describe('forbidden words', () => {
  it('are kept by whoever has the right, per account; a blocked one does not leave the house', async () => {
    const words = '/api/forbidden-words';
    const body = { accountId: account.id, word: '絶対儲かる', severity: 'block', note: '断定しない' };
    expect((await aoi.send('POST', words, body)).status).toBe(403);
    expect((await boss.send('POST', words, { ...body, accountId: other.id })).status).toBe(404);
    const { body: made } = await boss.send<ForbiddenWord>('POST', words, body);
    expect((await boss.send('POST', words, { ...body, word: '絶対 儲カる' })).status).toBe(409);
    await boss.send('POST', words, { accountId: account.id, word: 'たぶん', severity: 'warn' });
    expect((await aoi.get<ForbiddenWord[]>(words)).map(({ word }) => word).sort()).toEqual(['たぶん', '絶対儲かる']);

    const hana = await world.customer(account);
    await hana.writes('投資の件');
    const row = await aoi.conversationWith(hana);
    const refused = await aoi.posts(row.id, 'これは絶対 儲カる話です');
    expect(refused.body.error).toMatchObject({ code: 'forbidden_word', fields: [{ field: 'content.text' }] });
    expect((await aoi.messages(row.id)).map(({ kind }) => kind)).toEqual(['message']);
    // Colleagues may be told anything; a warning is for whoever writes.
    expect((await aoi.notes(row.id, '絶対儲かるとは言わない')).status).toBe(201);
    expect((await aoi.posts(row.id, 'たぶん大丈夫です')).status).toBe(201);

    await boss.send('PATCH', `${words}/${made.id}`, { severity: 'warn' });
    expect((await aoi.posts(row.id, 'これは絶対儲かる話です')).status).toBe(201);
    expect((await boss.send('DELETE', `${words}/${made.id}`)).status).toBe(204);
    expect((await aoi.get<ForbiddenWord[]>(words)).map(({ word }) => word)).toEqual(['たぶん']);
  });
});

describe('card numbers', () => {
  it('are covered for everybody, in threads, on sockets and in lists; whoever may, asks for one message', async () => {
    const hana = await world.customer(account);
    const screen = await aoi.screen();
    await hana.writes('もしもし');
    const row = await aoi.conversationWith(hana);
    await screen.watch(row.id);
    await hana.writes('カードは ４１１１-1111-1111-1111 です');
    const covered = 'カードは ••••-••••-••••-1111 です';
    await screen.next('message:created', ({ message }) => message.seq === 2);
    expect(screen.texts(row.id)).toEqual(['もしもし', covered]);
    await eventually(
      async () => (await boss.conversationWith(hana)).lastMessage?.preview === covered,
      'the covered number in the list',
    );
    const [, message] = await boss.messages(row.id);
    expect(message).toMatchObject({ masked: true, content: { type: 'text', text: covered } });
    expect(JSON.stringify(screen.heard)).not.toContain('1111-1111');
    await screen.agrees();

    const whole = `/api/conversations/${row.id}/messages/${message!.id}/unmasked`;
    expect((await aoi.send('GET', whole)).status).toBe(403);
    const shown = await boss.get<UnmaskedMessage>(whole);
    expect(shown.content).toEqual({ type: 'text', text: 'カードは ４１１１-1111-1111-1111 です' });
    const stranger = await world.agent(other, { role: 'supervisor' });
    expect((await stranger.send('GET', whole)).status).toBe(404);

    // What the customer gets is what was written.
    const sent = await aoi.posts(row.id, '控えは 5555 5555 5555 4444 です');
    expect(sent.body.content).toEqual({ type: 'text', text: '控えは •••• •••• •••• 4444 です' });
    const [received] = await hana.received(1);
    expect(received?.content.text).toBe('控えは 5555 5555 5555 4444 です');
  });
});
