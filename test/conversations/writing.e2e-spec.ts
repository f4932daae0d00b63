import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AgentSummary,
  ConversationRow,
  DraftBody,
  DraftSummary,
  ErrorBody,
  Mention,
  MessageView,
  NotificationPage,
  PostMessageBody,
} from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import type { Screen } from '../support/screen.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;
let own: AgentDesk;
let boss: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  [aoi, ren, own, boss] = await Promise.all([
    world.agent(account),
    world.agent(account, { name: '鈴木 蓮' }),
    world.agent(account, { name: '咲', visibility: 'own' }),
    world.agent(account, { name: '部長', role: 'supervisor' }),
  ]);
});
afterAll(() => world?.close());

async function caller(text = 'お願いします') {
  const customer = await world.customer(account);
  await customer.writes(text);
  return { customer, id: (await aoi.conversationWith(customer)).id };
}

const post = (desk: AgentDesk, id: string, text: string, more: Partial<PostMessageBody> = {}) =>
  desk.send<MessageView & ErrorBody>('POST', `/api/conversations/${id}/messages`, {
    clientId: randomUUID(),
    content: { type: 'text', text },
    ...more,
  });
const note = (desk: AgentDesk, id: string, text: string, mentions: Mention[]) =>
  desk.send<MessageView & ErrorBody>('POST', `/api/conversations/${id}/notes`, {
    clientId: randomUUID(),
    text,
    mentions,
  });
const draft = (desk: AgentDesk, id: string, body: DraftBody) =>
  desk.send('PUT', `/api/conversations/${id}/draft`, body);
const named = (desk: AgentDesk) => desk.get<NotificationPage>('/api/notifications');
const revoke = (desk: AgentDesk, id: string, messageId: string) =>
  desk.send<MessageView & ErrorBody>('POST', `/api/conversations/${id}/messages/${messageId}/revoke`);

describe('a note that names a colleague', () => {
  it('tells her, and nobody else, on all her screens; a read one is read on all of them', async () => {
    const { id } = await caller();
    const [first, second, other] = await Promise.all([ren.screen(), ren.screen(), own.screen()]);
    const me = { agentId: aoi.view.id, start: 8, length: 2 };
    const { body } = await note(aoi, id, '@鈴木 蓮 と @葵 で', [{ agentId: ren.view.id, start: 0, length: 5 }, me]);
    expect(body.content).toMatchObject({ mentions: [{ agentId: ren.view.id, start: 0, length: 5 }, me] });
    for (const screen of [first, second]) {
      const { made, unread } = await screen.next('notification:changed');
      expect(made).toMatchObject({ conversationId: id, messageId: body.id, by: { name: '葵' }, readAt: null });
      expect(unread).toBe(1);
    }
    const { notifications } = await named(ren);
    expect(notifications).toMatchObject([{ preview: '@鈴木 蓮 と @葵 で', seq: 2 }]);
    expect((await named(aoi)).notifications).toEqual([]);

    await ren.send('POST', '/api/notifications/read', { upTo: notifications[0]!.id });
    await second.next('notification:changed', ({ made, unread }) => made === null && unread === 0);
    expect((await named(ren)).notifications[0]!.readAt).not.toBeNull();
    expect(other.heard.some(({ name }) => name === 'notification:changed')).toBe(false);
  });

  it('can name only who may read the conversation, by her own name; it gives no right', async () => {
    const { id } = await caller();
    await aoi.takes(id);
    const readers = await aoi.get<AgentSummary[]>(`/api/conversations/${id}/readers`);
    expect(readers.map((reader) => reader.name).sort()).toEqual(['部長', '鈴木 蓮'].sort());
    const stranger = await note(aoi, id, '@咲 見て', [{ agentId: own.view.id, start: 0, length: 2 }]);
    expect(stranger.status).toBe(400);
    expect(stranger.body.error.fields).toMatchObject([{ field: 'mentions.0.agentId', rule: 'mayRead' }]);
    const alias = await note(aoi, id, '@社長 見て', [{ agentId: ren.view.id, start: 0, length: 3 }]);
    expect(alias.body.error.fields).toMatchObject([{ field: 'mentions.0', rule: 'name' }]);
    expect((await aoi.messages(id)).filter(({ kind }) => kind === 'note')).toEqual([]);
    expect((await own.send('GET', `/api/conversations/${id}`)).status).toBe(404);
  });

  it('is not told any more to whom the conversation is closed', async () => {
    const { id } = await caller();
    await note(aoi, id, '@咲 お願い', [{ agentId: own.view.id, start: 0, length: 2 }]);
    expect(await named(own)).toMatchObject({ unread: 1, notifications: [{ conversationId: id }] });
    await aoi.takes(id);
    expect(await named(own)).toEqual({ notifications: [], hasMore: false, unread: 0 });
  });
});

describe('a draft', () => {
  it('stands on every screen of its writer, and on nobody else’s', async () => {
    const { id } = await caller();
    const [first, second, other] = await Promise.all([aoi.screen(), aoi.screen(), ren.screen()]);
    await draft(aoi, id, { text: '確認し', answering: 1, desk: 'left' });
    await draft(aoi, id, { note: '@咲 へ', mentions: [{ agentId: own.view.id, start: 0, length: 2 }] });
    for (const screen of [first, second]) {
      const said = await screen.next('draft:changed', (event) => event.note !== '');
      expect(said).toMatchObject({ conversationId: id, text: '確認し', answering: 1, desk: null });
      expect((await screen.next('draft:changed')).desk).toBe('left');
    }
    expect((await aoi.detail(id)).drafted).toMatchObject({ text: '確認し', note: '@咲 へ', answering: 1 });
    expect(await aoi.get<DraftSummary[]>('/api/drafts')).toMatchObject([{ conversationId: id, kind: 'reply' }]);
    expect((await ren.detail(id)).drafted).toBeNull();
    expect(other.heard.some(({ name }) => name === 'draft:changed')).toBe(false);
  });

  it('is gone everywhere once its words are sent; what was written after them stays', async () => {
    const { id } = await caller();
    const screen = await aoi.screen();
    await draft(aoi, id, { text: 'はい', note: '控え', answering: 1 });
    await post(aoi, id, 'はい');
    await screen.next(
      'draft:changed',
      (event) => event.text === '' && event.note === '控え' && event.answering === null,
    );
    await draft(aoi, id, { text: '次の' });
    await post(aoi, id, '前の');
    expect((await aoi.detail(id)).draft).toBe('次の');
    await draft(aoi, id, { text: '' });
    await aoi.notes(id, '控え');
    await screen.next('draft:changed', (event) => event.text === '' && event.note === '');
    expect((await aoi.detail(id)).drafted).toBeNull();
    expect((await aoi.get<DraftSummary[]>('/api/drafts')).some((each) => each.conversationId === id)).toBe(false);
  });
});

describe('two answers', () => {
  it('the second one is refused with who and when, and goes out when it is sent knowingly', async () => {
    const { customer, id } = await caller();
    await ren.takes(id);
    const theirs = (await post(ren, id, '承りました')).body;
    await ren.givesBack(id);
    const late = await post(aoi, id, '承りました!', { answering: 1 });
    expect(late.status).toBe(409);
    expect(late.body.error).toMatchObject({
      code: 'already_answered',
      answered: { by: { id: ren.view.id, name: '鈴木 蓮' }, seq: theirs.seq },
    });
    expect((await aoi.detail(id)).conversation.contact?.assignee).toBeNull();
    expect((await post(aoi, id, '補足です', { answering: theirs.seq })).status).toBe(201);
    expect((await post(aoi, id, 'さらに', { answering: 1, anyway: true })).status).toBe(201);
    await customer.received(3);
  });

  it('at the same moment leave one, whoever takes it from whom', async () => {
    const { customer, id } = await caller();
    for (let round = 0; round < 8; round += 1) {
      await aoi.takes(id);
      const seen = (await aoi.detail(id)).conversation.lastSeq;
      const takesOver = async () => {
        await boss.send('POST', `/api/conversations/${id}/assign`, { agentId: 'me', override: true });
        return post(boss, id, `部長 ${round}`, { answering: seen });
      };
      const answers = await Promise.all([post(aoi, id, `葵 ${round}`, { answering: seen }), takesOver()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(['already_answered', 'already_assigned']).toContain(
        answers.find(({ status }) => status === 409)!.body.error.code,
      );
      await boss.givesBack(id);
    }
    const open = (await caller()).id;
    const first = await Promise.all([aoi, ren, boss].map((desk) => post(desk, open, 'はい', { answering: 1 })));
    expect(first.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await customer.received(8);
    expect(
      (await aoi.messages(id)).filter(({ author, kind }) => author.kind === 'agent' && kind === 'message'),
    ).toHaveLength(8);
  });
});

describe('a message that may be taken back', () => {
  it('waits on the server, leaves by itself, and in order', async () => {
    const { customer, id } = await caller();
    const { body } = await post(aoi, id, '一つ目', { undoSeconds: 2 });
    const until = Date.parse(body.delivery!.undoUntil!);
    expect(until - Date.now()).toBeGreaterThan(1000);
    await post(aoi, id, '二つ目');
    await customer.received(2);
    expect(Date.now()).toBeGreaterThanOrEqual(until - 50);
    expect((await customer.received(2)).map(({ content }) => content.text)).toEqual(['一つ目', '二つ目']);
    expect((await post(aoi, id, '長い', { undoSeconds: 31 })).body.error.fields).toMatchObject([
      { field: 'undoSeconds' },
    ]);
  });

  it('taken back, it was never sent, and whoever waited waits again since when she did', async () => {
    const { customer, id } = await caller('急いでいます');
    const before = (await aoi.detail(id)).conversation;
    const screen = await aoi.screen();
    await screen.watch(id);
    const { body } = await post(aoi, id, '間違えました', { undoSeconds: 20 });
    expect((await aoi.detail(id)).conversation.waitingSince).toBeNull();
    const back = await revoke(aoi, id, body.id);
    expect(back.body.delivery).toMatchObject({ state: 'cancelled', undoUntil: null });
    const { conversation } = await aoi.detail(id);
    expect(conversation).toMatchObject({
      unread: 1,
      lastMessage: { preview: '急いでいます', author: 'customer' },
      contact: { firstReplyAt: null, state: 'active' },
    });
    // Of the message, not of the moment in which it was taken back.
    expect(Math.abs(Date.parse(conversation.waitingSince!) - Date.parse(before.waitingSince!))).toBeLessThan(50);
    await post(aoi, id, '正しい答えです');
    expect((await customer.received(1)).map(({ content }) => content.text)).toEqual(['正しい答えです']);
    expect((await aoi.detail(id)).conversation.contact?.firstReplyAt).not.toBeNull();
    await screen.agrees();
  });
});

describe('who looks at a conversation', () => {
  const views = (screen: Screen, id: string, active = true, asks = false) =>
    screen.socket.emit('viewing', { conversationId: id, active, asks });

  it('is known to whoever looks at it too, on another node as well, until she goes', async () => {
    const node = await world.node();
    const { id } = await caller();
    const [left, right] = [await aoi.screen(), await ren.at(node.url).screen()];
    await Promise.all([left.watch(id), right.watch(id)]);
    views(left, id);
    views(right, id, true, true);
    await left.next('viewing', (event) => event.by.id === ren.view.id && event.active && event.asks);
    views(left, id);
    const seen = await right.next('viewing', (event) => event.by.id === aoi.view.id);
    expect(seen).toMatchObject({ conversationId: id, by: { name: '葵' }, active: true });
    await right.isCut();
    await left.next('viewing', (event) => event.by.id === ren.view.id && !event.active);
    right.close();
    await world.leave(node);
  });

  it('is told by nobody who does not watch it, and to nobody who may not', async () => {
    const { id } = await caller();
    await aoi.takes(id);
    const [left, right] = await Promise.all([aoi.screen(), own.screen()]);
    await left.watch(id);
    expect(await right.watch(id)).toMatchObject({ ok: false });
    views(right, id);
    views(left, id);
    const { id: other } = await caller();
    await Promise.all([left.watch(other), right.watch(other)]);
    views(right, other);
    await left.next('viewing', (event) => event.conversationId === other);
    const heard = [...left.heard, ...right.heard].filter(({ name }) => name === 'viewing');
    expect(heard.every(({ event }) => (event as { conversationId: string }).conversationId === other)).toBe(true);
  });

  it('a colleague who could answer next is known to write, and the customer learns of nobody but her own', async () => {
    const { id } = await caller();
    const [left, right] = await Promise.all([aoi.screen(), ren.screen()]);
    await Promise.all([left.watch(id), right.watch(id)]);
    left.socket.emit('typing', { conversationId: id, active: true });
    expect((await right.next('typing', (event) => event.conversationId === id)).by).toMatchObject({ name: '葵' });
    await aoi.takes(id);
    right.socket.emit('typing', { conversationId: id, active: true });
    left.socket.emit('typing', { conversationId: id, active: false });
    await right.next('typing', (event) => event.conversationId === id && !event.active);
    expect(
      left.heard.some(
        ({ name, event }) => name === 'typing' && (event as { by: { id: string } }).by.id === ren.view.id,
      ),
    ).toBe(false);
  });
});

describe('looking and working inside', () => {
  it('never marks anything read, never makes anything unread, and tells the customer nothing', async () => {
    const { customer, id } = await caller('見えていますか');
    await customer.writes('もしもし');
    await eventually(async () => (await aoi.detail(id)).conversation.unread === 2, 'both messages');
    const path = `/api/conversations/${id}`;
    const screen = await boss.screen();
    const acts: [string, () => Promise<unknown>][] = [
      ['looking', () => boss.get(path)],
      ['reading', () => boss.messages(id)],
      ['the list', () => boss.rows()],
      ['the counts', () => boss.get('/api/conversations/counts')],
      ['watching', () => screen.watch(id)],
      ['viewing', async () => void screen.socket.emit('viewing', { conversationId: id, active: true })],
      ['marking what is not hers', () => boss.reads(id, 2)],
      ['a note', () => boss.notes(id, '控え')],
      ['a mention', () => note(boss, id, '@葵 お願い', [{ agentId: aoi.view.id, start: 0, length: 2 }])],
      ['being named', () => aoi.get('/api/notifications')],
      ['a draft', () => draft(aoi, id, { text: '書きかけ', note: 'メモ' })],
      ['who may read', () => boss.get(`${path}/readers`)],
      ['reachability', () => boss.get(`${path}/reachability`)],
      ['assigning', () => boss.send('POST', `${path}/assign`, { agentId: aoi.view.id })],
      ['priority', () => boss.send('PUT', `${path}/priority`, { priority: 'high' })],
      ['holding', () => aoi.send('POST', `${path}/hold`)],
      ['resuming', () => aoi.send('POST', `${path}/resume`)],
      ['asking a colleague', () => aoi.send('POST', `${path}/transfer`, { agentId: ren.view.id, note: '引き継ぎ' })],
      ['taking it back', () => aoi.send('DELETE', `${path}/transfer`)],
      ['opening it as its owner', () => aoi.get(path)],
      ['why', () => boss.get(`${path}/decisions`)],
      ['assigning to oneself', () => boss.send('POST', `${path}/assign`, { agentId: 'me' })],
      ['giving it back', () => boss.givesBack(id)],
    ];
    for (const [what, act] of acts) {
      await act();
      const { unread, readSeq } = (await aoi.detail(id)).conversation;
      expect({ what, unread, readSeq }).toEqual({ what, unread: 2, readSeq: 0 });
    }
    expect((await customer.sees()).map(({ state }) => state)).not.toContain('read');
    await boss.closes(id);
    expect((await boss.detail(id)).conversation satisfies ConversationRow).toMatchObject({ unread: 2, readSeq: 0 });
  });
});
