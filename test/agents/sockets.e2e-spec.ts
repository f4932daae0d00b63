import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AgentRights } from '#libs/agents/index.js';
import type { Rights } from '#libs/agents/index.js';
import type { AgentView } from '#libs/contracts/index.js';
import { Sockets } from '#libs/platform/realtime/index.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { PeopleNode, connects, cut } from './people.js';
import type { Desk } from './people.js';

let database: FreshDatabase;
let node: PeopleNode;
let other: PeopleNode;
let admin: Desk;
/** What the listeners of both nodes heard, in order. */
const heard: { at: 'node' | 'other'; agentId: string; rights: Rights | null | 'not yet' }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url);
  other = await PeopleNode.start(database.url);
  for (const [at, people] of [
    ['node', node],
    ['other', other],
  ] as const) {
    people.app.get(AgentRights).onChanged(async (agentId, rights) => {
      heard.push({ at, agentId, rights: 'not yet' });
      heard.push({ at, agentId, rights: await rights });
    });
  }
  admin = await node.signedInDesk(await node.person({ name: 'Admin', role: 'admin' }));
});

afterAll(async () => {
  await node?.stop();
  await other?.stop();
  await database?.drop();
});

const edit = async (agent: AgentView, body: object) => {
  const answer = await admin.send('PATCH', `/api/agents/${agent.id}`, body);
  expect(answer.status).toBe(200);
};
const socketsAt = (people: PeopleNode) =>
  [...people.app.get(Sockets).local()].map((socket) => socket.data.person.agentId);

describe('a socket', () => {
  it('opens with the cookie or the token of a session, on any node, and belongs to its person', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const sockets = [await desk.connected('cookie'), await desk.at(other).connected('token')];
    expect(socketsAt(node)).toContain(aoi.id);
    expect(socketsAt(other)).toContain(aoi.id);
    for (const socket of sockets) socket.close();
  });

  it('is refused before it connects without a session, with nonsense, and with a session that is over', async () => {
    const desk = node.desk();
    const over = await node.signedInDesk(await node.person());
    const cookie = over.cookie;
    await over.send('DELETE', '/api/session');
    for (const value of [undefined, 'madoguchi_session=nonsense', 'madoguchi_session=%', cookie]) {
      desk.cookie = value;
      for (const by of ['cookie', 'token'] as const) {
        const refused = await connects(desk.socket(by));
        expect(refused).toMatchObject({ data: { code: 'unauthenticated' } });
      }
    }
    const fine = await node.signedInDesk(await node.person());
    (await fine.connected()).close();
  });

  it('is cut on every node when its person signs out, and only then and only hers', async () => {
    const aoi = await node.person();
    const here = await node.signedInDesk(aoi);
    const home = await node.signedInDesk(aoi);
    const [near, far] = [await here.connected(), await here.at(other).connected()];
    const stays = await home.at(other).connected();
    await here.send('DELETE', '/api/session');
    expect(await Promise.all([cut(near), cut(far)])).toEqual(['io server disconnect', 'io server disconnect']);
    expect(stays.connected).toBe(true);
    stays.close();
  });

  it('is cut when its person is made inactive, and cannot come back', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.at(other).connected();
    await edit(aoi, { active: false });
    expect(await cut(socket)).toBe('io server disconnect');
    expect(await connects(desk.at(other).socket())).toMatchObject({ data: { code: 'unauthenticated' } });
    expect((await desk.send('GET', '/api/session')).status).toBe(401);
    await edit(aoi, { active: true });
    expect((await desk.send('GET', '/api/session')).status).toBe(401);
  });

  it('is cut when the password was changed by somebody else', async () => {
    const aoi = await node.person();
    const socket = await (await node.signedInDesk(aoi)).connected();
    await edit(aoi, { password: 'another long password' });
    expect(await cut(socket)).toBe('io server disconnect');
    expect((await node.desk().signsIn(aoi.email, 'another long password')).status).toBe(200);
  });

  it('is cut when its session expired, though nothing announced that', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const third = await PeopleNode.start(database.url);
    try {
      const aoi = await third.person();
      const [expires, lasts] = [await third.signedInDesk(aoi), await third.signedInDesk(aoi)];
      const [socket, stays] = [await expires.connected(), await lasts.connected()];
      await third.app.get(DataSource).query(
        `update sessions set expires_at = now() - interval '1 second'
         where id = (select min(id) from sessions where agent_id = $1)`,
        [aoi.id],
      );
      vi.advanceTimersByTime(30_000);
      expect(await cut(socket)).toBe('io server disconnect');
      expect(stays.connected).toBe(true);
      stays.close();
    } finally {
      vi.useRealTimers();
      await third.stop();
    }
  });

  it('is cut when its node was deaf while the session ended', async () => {
    // The intervals of this node never come: nothing but the repair can notice.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const third = await PeopleNode.start(database.url);
    try {
      const socket = await (await third.signedInDesk(await third.person())).connected();
      await third.app
        .get(DataSource)
        .query(`update sessions set ended_at = now() where id = (select max(id) from sessions)`);
      await third.app.get(DataSource).query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'madoguchi-listener' and datname = current_database()`,
      );
      expect(await cut(socket)).toBe('io server disconnect');
    } finally {
      vi.useRealTimers();
      await third.stop();
    }
  });
});

describe('changed rights', () => {
  it('reach the listeners of the nodes where the person has sockets: first that they change, then what they are', async () => {
    const account = await node.account();
    const aoi = await node.person({ accountIds: [account.id] });
    const socket = await (await node.signedInDesk(aoi)).at(other).connected();
    heard.length = 0;
    await edit(aoi, { role: 'supervisor', accountIds: [] });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard.map(({ at, agentId }) => [at, agentId])).toEqual(Array(2).fill(['other', aoi.id]));
    expect(heard[0]!.rights).toBe('not yet');
    const rights = heard[1]!.rights as Rights;
    expect(rights.agent.role).toBe('supervisor');
    expect(rights.accountIds).toEqual([]);
    expect(rights.permissions.has('conversation.assign')).toBe(true);
    expect(socket.connected).toBe(true);
    socket.close();
  });

  it('are none for who was made inactive', async () => {
    const aoi = await node.person();
    const socket = await (await node.signedInDesk(aoi)).connected();
    heard.length = 0;
    await edit(aoi, { active: false });
    await cut(socket);
    // Her sockets were gone before anybody had to be told.
    expect(heard).toEqual([]);
  });

  it('bite in the next request on every node, though it remembers the old ones', async () => {
    const ren = await node.person({ role: 'admin', visibility: 'own' });
    const desk = await node.signedInDesk(ren);
    const elsewhere = desk.at(other);
    expect((await elsewhere.send('POST', '/api/accounts', { name: 'By Ren' })).status).toBe(201);
    await edit(ren, { role: 'agent' });
    expect((await desk.send('POST', '/api/accounts', { name: 'By Ren' })).status).toBe(403);
    await expect
      .poll(async () => (await elsewhere.send('POST', '/api/accounts', { name: 'By Ren' })).status, { timeout: 1_000 })
      .toBe(403);
  });

  it('of whoever sees all accounts grow with a new account', async () => {
    const supervisor = await node.person({ role: 'supervisor', visibility: 'all' });
    const agent = await node.person({ visibility: 'own' });
    const sockets = [
      await (await node.signedInDesk(supervisor)).connected(),
      await (await node.signedInDesk(agent)).connected(),
    ];
    heard.length = 0;
    const account = await other.account('New');
    await expect.poll(() => heard.length).toBe(2);
    expect(heard.every(({ agentId }) => agentId === supervisor.id)).toBe(true);
    expect((heard[1]!.rights as Rights).accountIds).toContain(account.id);
    for (const socket of sockets) socket.close();
  });
});
