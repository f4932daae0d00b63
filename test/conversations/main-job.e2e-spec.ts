import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';
import { sameNumber } from '../support/same-number.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  [aoi, ren] = await Promise.all([world.agent(account), world.agent(account, { name: '蓮' })]);
});

afterAll(() => world?.close());

describe('the main job', () => {
  it('a customer writes, an agent sees it without asking, answers, and sees it read', async () => {
    const screen = await aoi.screen();
    const hana = await world.customer(account);
    await hana.writes('カードをなくしました');

    const { row } = await screen.next(
      'conversation:changed',
      ({ row }) => row !== null && sameNumber(row.customer, hana.phone),
    );
    expect(row).toMatchObject({
      unread: 1,
      contact: { state: 'queued' },
      lastMessage: { preview: 'カードをなくしました' },
    });
    const id = row!.id;
    expect(await screen.watch(id)).toMatchObject({ ok: true, lastSeq: 1 });
    await aoi.takes(id);
    const posted = await aoi.posts(id, 'すぐに止めます。');
    expect(posted.status).toBe(201);
    expect(posted.body.delivery).toMatchObject({ state: 'queued', receipt: 'unknown' });

    const [shown] = await hana.received(1);
    expect(shown!.content.text).toBe('すぐに止めます。');
    await hana.reads();
    const read = await screen.next('message:changed', ({ message }) => message.delivery?.state === 'read');
    expect(read.message.delivery).toMatchObject({ receipt: 'read' });
    await screen.agrees();
  });

  it('the handset sees that its message was read, and by the assignee only', async () => {
    const hana = await world.customer(account);
    await hana.writes('見えていますか');
    const { id } = await aoi.conversationWith(hana);
    expect((await aoi.reads(id, 1)).body.error.code).toBe('not_assignee');
    await aoi.takes(id);
    expect((await ren.reads(id, 1)).status).toBe(409);
    expect((await aoi.detail(id)).conversation.unread).toBe(1);
    const { body } = await aoi.reads(id, 1);
    expect(body).toMatchObject({ unread: 0, readSeq: 1 });
    await eventually(async () => (await hana.sees()).some((message) => message.state === 'read'), 'the read tick');
  });

  it('a customer who hides read marks is never called one who has not read', async () => {
    const shy = await world.customer(account, { receipts: false });
    await shy.writes('こんにちは');
    const { id } = await aoi.conversationWith(shy);
    await aoi.posts(id, '承りました。');
    await shy.received(1);
    await shy.reads();
    const delivered = await eventually(async () => {
      const message = (await aoi.messages(id)).find(({ delivery }) => delivery?.state === 'delivered');
      return message?.delivery;
    }, 'the delivery');
    expect(delivered).toMatchObject({ state: 'delivered', receipt: 'unknown', readAt: null });
  });

  it('whoever answers a conversation that nobody has, takes it; a colleague is refused', async () => {
    const hana = await world.customer(account);
    await hana.writes('誰かいますか');
    const { id } = await aoi.conversationWith(hana);
    await aoi.posts(id, 'はい、おります。');
    expect((await aoi.detail(id)).conversation.contact?.assignee?.id).toBe(aoi.view.id);
    const refused = await ren.posts(id, '私が');
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'already_assigned' } } });
    expect((await ren.takes(id)).body.error.code).toBe('already_assigned');
    expect((await ren.notes(id, '前回も同じ件です')).status).toBe(201);
    expect(await hana.received(1)).toHaveLength(1);
  });

  it('after closing, the next message opens a new contact that nobody has', async () => {
    const hana = await world.customer(account);
    await hana.writes('解決しました');
    const { id } = await aoi.conversationWith(hana);
    await aoi.takes(id);
    expect((await aoi.closes(id)).body.contact).toBeNull();
    expect((await aoi.closes(id)).status).toBe(200);
    await hana.writes('もう一つだけ');
    const row = await eventually(async () => {
      const { conversation } = await aoi.detail(id);
      return conversation.contact && conversation;
    }, 'the new contact');
    expect(row.contact).toMatchObject({ state: 'queued', assignee: null });
    expect((await aoi.detail(id)).contacts).toHaveLength(2);
  });

  it('given back, it waits again with its first time of enqueuing', async () => {
    const hana = await world.customer(account);
    await hana.writes('お願いします');
    const { id, contact } = await aoi.conversationWith(hana);
    await aoi.takes(id);
    const { body } = await aoi.givesBack(id);
    expect(body.contact).toMatchObject({ state: 'queued', assignee: null, enqueuedAt: contact!.enqueuedAt });
    expect((await ren.takes(id)).status).toBe(200);
    const kinds = (await aoi.messages(id)).map(({ content }) =>
      content.type === 'activity' ? content.activity : content.type,
    );
    expect(kinds).toEqual(['text', 'contact.taken', 'contact.returned', 'contact.taken']);
  });

  it('what the customer writes, presses and types is seen as it happens', async () => {
    const screen = await aoi.screen();
    const hana = await world.customer(account);
    await hana.writes('一');
    const { id } = await aoi.conversationWith(hana);
    await screen.watch(id);
    await hana.types(true);
    expect(await screen.next('typing', (event) => event.conversationId === id)).toMatchObject({
      active: true,
      by: { kind: 'customer' },
    });
    await hana.presses('はい', 'yes');
    const press = await screen.next('message:created', ({ message }) => message.content.type === 'press');
    expect(press.message.content).toEqual({ type: 'press', label: 'はい', payload: 'yes', press: 'reply' });
    await hana.sends({ location: { latitude: 35.68, longitude: 139.76, label: '東京駅' } });
    const place = await screen.next('message:created', ({ message }) => message.content.type === 'location');
    expect(place.message.content).toMatchObject({ latitude: 35.68, longitude: 139.76, label: '東京駅' });
    await screen.agrees();
  });

  it('a picture is copied and shown to whoever may read, and to nobody else', async () => {
    const hana = await world.customer(account);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await hana.sends({ media: { name: '写真.png', mimeType: 'image/png', base64: png.toString('base64') } });
    const { id } = await aoi.conversationWith(hana);
    const mediaId = await eventually(async () => {
      const [message] = await aoi.messages(id);
      return message?.content.type === 'media' && message.content.state === 'ready' ? message.content.mediaId : null;
    }, 'our copy of the picture');
    const answer = await fetch(`${aoi.url}/api/media/${mediaId}`, { headers: { cookie: aoi.cookie } });
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    const stranger = await world.agent(await world.account(world.first, '他社'));
    expect((await stranger.send('GET', `/api/media/${mediaId}`)).status).toBe(404);
  });

  it('the customer sees the agent type, and it ends by itself', async () => {
    const screen = await aoi.screen();
    const hana = await world.customer(account);
    await hana.writes('返事を待っています');
    const { id } = await aoi.conversationWith(hana);
    await aoi.takes(id);
    await screen.watch(id);
    const phone = await fetch(`${world.simulator.url}/events?msisdn=${encodeURIComponent(hana.phone)}`);
    const news = phone.body!.pipeThrough(new TextDecoderStream()).getReader();
    screen.socket.emit('typing', { conversationId: id, active: true });
    let said = '';
    while (!/"active":true/.test(said)) said += (await news.read()).value ?? '';
    while (!/"active":false/.test(said)) said += (await news.read()).value ?? '';
    await news.cancel();
    expect(said).toMatch(/typing/i);
  });

  it('the same clientId five times at once is one message', async () => {
    const hana = await world.customer(account);
    await hana.writes('五回');
    const { id } = await aoi.conversationWith(hana);
    const clientId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => aoi.posts(id, '一度だけ', clientId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await hana.received(1);
    expect((await aoi.messages(id)).filter(({ clientId: mine }) => mine === clientId)).toHaveLength(1);
  });
});
