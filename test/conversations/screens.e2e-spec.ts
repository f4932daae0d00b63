import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentEvent } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';
import { sameNumber } from '../support/same-number.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account);
});

afterAll(() => world?.close());

describe('what one screen shows, a fresh fetch shows', () => {
  it('through a shift of everything at once, on two nodes', async () => {
    const second = await world.node();
    const ren = await world.agent(account, { name: '蓮' }, second);
    const yui = await world.agent(account, { name: '結衣', visibility: 'own' });
    const screens = [await aoi.screen(), await ren.screen(), await aoi.at(second.url).screen(), await yui.screen()];
    const customers = await Promise.all(Array.from({ length: 4 }, () => world.customer(account)));
    await Promise.all(customers.map((customer) => customer.writes('はじめまして')));
    const ids = await Promise.all(customers.map(async (customer) => (await aoi.conversationWith(customer)).id));
    for (const screen of screens) for (const id of ids) await screen.watch(id);

    const work = ids.map(async (id, index) => {
      const customer = customers[index]!;
      const desk = [aoi, ren, yui, aoi][index]!;
      for (let round = 0; round < 6; round += 1) {
        await Promise.all([
          customer.writes(`質問 ${round}`),
          desk.posts(id, `回答 ${round}`),
          desk.notes(id, `メモ ${round}`),
        ]);
        if (round % 2 === 0) await customer.reads();
        if (round === 2) await desk.givesBack(id);
        if (round === 3) await desk.takes(id);
        if (round === 4) await desk.closes(id);
        await desk.reads(id, 3 + round);
      }
    });
    await Promise.all(work);
    await Promise.all(customers.map((customer) => customer.received(6)));
    for (const screen of screens) await screen.agrees();
    await world.leave(second);
  });

  it('after the socket was cut while twenty messages came and one was read elsewhere', async () => {
    const screen = await aoi.screen();
    const hana = await world.customer(account);
    await hana.writes('0');
    const { id } = await aoi.conversationWith(hana);
    await aoi.takes(id);
    const { body } = await aoi.posts(id, '読んでください');
    await hana.received(1);
    await screen.watch(id);
    await screen.isCut();
    for (let n = 1; n <= 20; n += 1) await hana.writes(String(n));
    await hana.reads();
    await aoi.reads(id, 5);
    await eventually(
      async () => (await aoi.messages(id)).find((message) => message.id === body.id)?.delivery?.state === 'read',
      'the read mark',
    );
    await eventually(async () => (await aoi.detail(id)).conversation.lastSeq === 23, 'all twenty');
    expect(screen.texts(id)).toEqual(['0', '読んでください']);
    screen.comesBack();
    await screen.agrees();
    expect(screen.texts(id)).toEqual(['0', '読んでください', ...Array.from({ length: 20 }, (_, n) => String(n + 1))]);
  });

  it('when the listening connection of a node is cut, its screens are told to repair', async () => {
    const second = await world.node();
    const screen = await aoi.at(second.url).screen();
    const hana = await world.customer(account);
    await hana.writes('前');
    const { id } = await aoi.conversationWith(hana);
    await screen.watch(id);
    const killed = await world.query<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'madoguchi-listener' and datname = current_database()`,
    );
    expect(killed.length).toBeGreaterThanOrEqual(2);
    await hana.writes('切れている間に');
    await screen.next('resync', ({ reason }) => reason === 'listener');
    await screen.agrees();
    expect(screen.texts(id)).toEqual(['前', '切れている間に']);
    await world.leave(second);
  });

  it('written through one node, seen on a screen of the other', async () => {
    const second = await world.node();
    const screen = await aoi.at(second.url).screen();
    const hana = await world.customer(account);
    await hana.writes('こちらは一つ目のノード');
    const { row } = await screen.next(
      'conversation:changed',
      ({ row }) => row !== null && sameNumber(row.customer, hana.phone),
    );
    await screen.watch(row!.id);
    await aoi.posts(row!.id, '答えも一つ目から');
    await screen.next('message:changed', ({ message }) => message.delivery?.state === 'delivered');
    await hana.types(true);
    await screen.next('typing', (event) => event.active);
    await screen.agrees();
    await world.leave(second);
  });
});

describe('a room is a permission', () => {
  it('somebody of another account finds nothing, anywhere', async () => {
    const hana = await world.customer(account);
    await hana.writes('秘密の相談');
    const { id } = await aoi.conversationWith(hana);
    const stranger = await world.agent(await world.account(world.first, '他社'));
    const screen = await stranger.screen();
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/messages'],
      ['GET', '/reachability'],
      ['POST', '/messages', { clientId: crypto.randomUUID(), content: { type: 'text', text: 'x' } }],
      ['POST', '/notes', { clientId: crypto.randomUUID(), text: 'x' }],
      ['POST', '/assign', { agentId: 'me' }],
      ['POST', '/read', { upTo: 1 }],
      ['POST', '/close'],
      ['PUT', '/draft', { text: 'x' }],
    ] as const) {
      const answer = await stranger.send(method, `/api/conversations/${id}${path}`, body);
      expect({ path, status: answer.status }).toEqual({ path, status: 404 });
    }
    expect(await screen.watch(id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await hana.writes('もう一度');
    await (await aoi.screen()).agrees();
    // How she is herself, she always hears.
    expect(screen.heard.filter(({ name }) => !['resync', 'agent:changed'].includes(name))).toEqual([]);
    const states = screen.heard.flatMap(({ name, event }) =>
      name === 'agent:changed' ? (event as AgentEvent).states : [],
    );
    expect(new Set(states.map(({ agentId }) => agentId))).toEqual(new Set([stranger.view.id]));
    expect(await stranger.rows()).toEqual([]);
  });

  it('an agent with sight of her own loses a conversation in the moment a colleague takes it', async () => {
    const yui = await world.agent(account, { name: '結衣', visibility: 'own' });
    const screen = await yui.screen();
    const hana = await world.customer(account);
    await hana.writes('どなたか');
    const { row } = await screen.next(
      'conversation:changed',
      ({ row }) => row !== null && sameNumber(row.customer, hana.phone),
    );
    const id = row!.id;
    expect((await screen.watch(id)).ok).toBe(true);
    await aoi.takes(id);
    await screen.next('conversation:changed', (event) => event.id === id && event.row === null);
    const heard = screen.heard.length;
    await hana.writes('これはもう聞こえない');
    await aoi.posts(id, 'これも');
    await hana.received(1);
    await (await aoi.screen()).agrees();
    expect(screen.heard.slice(heard).filter(({ name }) => name !== 'agent:changed')).toEqual([]);
    expect((await yui.send('GET', `/api/conversations/${id}`)).status).toBe(404);
    expect((await screen.watch(id)).ok).toBe(false);
    await aoi.givesBack(id);
    await screen.next(
      'conversation:changed',
      (event) => event.id === id && event.row?.contact?.state === 'queued' && event.row.lastSeq > 1,
    );
    await screen.agrees();
  });

  it('an agent whose sight is narrowed loses the rows of her colleagues, without a reload', async () => {
    const boss = await world.agent(account, { role: 'admin', visibility: 'all' });
    const mio = await world.agent(account, { name: '澪', visibility: 'account' });
    const hana = await world.customer(account);
    await hana.writes('葵さんにお願いします');
    const { id } = await aoi.conversationWith(hana);
    await aoi.takes(id);
    const screen = await mio.screen();
    expect((await screen.watch(id)).ok).toBe(true);
    expect(screen.list.rows.some((row) => row.id === id)).toBe(true);
    await boss.send('PATCH', `/api/agents/${mio.view.id}`, { visibility: 'own' });
    await eventually(async () => {
      await screen.settled();
      return !screen.list.rows.some((row) => row.id === id) && !screen.threads.has(id);
    }, 'the row and the thread to go');
    await screen.agrees();
  });

  it('after signing out, the socket is cut within a second, on the other node too', async () => {
    const second = await world.node();
    const mei = await world.agent(account, { name: '芽衣' });
    const screens = [await mei.screen(), await mei.at(second.url).screen()];
    const started = Date.now();
    expect((await mei.send('DELETE', '/api/session')).status).toBe(204);
    await eventually(() => screens.every((screen) => !screen.socket.connected), 'the sockets to be cut', 1000);
    expect(Date.now() - started).toBeLessThan(1000);
    expect((await mei.send('GET', '/api/conversations')).status).toBe(401);
    expect(await mei.refusedScreen()).toBe('unauthenticated');
    await world.leave(second);
  });
});
