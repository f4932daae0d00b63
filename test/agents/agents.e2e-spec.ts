import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Agents, DEMO_PASSWORD } from '#libs/agents/index.js';
import type { AgentSummary, AgentView } from '#libs/contracts/index.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { PASSWORD, PeopleNode } from './people.js';
import type { Desk, Fault } from './people.js';

let database: FreshDatabase;
let node: PeopleNode;
let boss: AgentView;
let admin: Desk;

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url);
  boss = await node.person({ name: 'Admin', role: 'admin' });
  admin = await node.signedInDesk(boss);
});

afterAll(async () => {
  await node?.stop();
  await database?.drop();
});

let count = 0;
const hana = (body: object = {}) => ({
  name: '花',
  email: `hana-${++count}@people.example`,
  password: PASSWORD,
  role: 'agent',
  accountIds: [],
  ...body,
});

describe('an admin', () => {
  it('takes on an agent, who can sign in at once', async () => {
    const account = await node.account();
    const { status, body } = await admin.send<AgentView>('POST', '/api/agents', hana({ accountIds: [account.id] }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: '花', role: 'agent', visibility: 'own', locale: 'ja', active: true });
    expect(body.accountIds).toEqual([account.id]);
    expect(JSON.stringify(body)).not.toMatch(/password|argon2/);
    const everybody = await admin.send<AgentView[]>('GET', '/api/agents');
    expect(everybody.body).toContainEqual(body);
    expect((await node.desk().signsIn(body.email)).body.agent).toEqual(body);
  });

  it('changes one thing and leaves the rest', async () => {
    const account = await node.account();
    const agent = await node.person({ accountIds: [account.id] });
    const { body } = await admin.send<AgentView>('PATCH', `/api/agents/${agent.id}`, { name: '青井 空', locale: 'en' });
    expect(body).toEqual({ ...agent, name: '青井 空', locale: 'en' });
    expect(await node.app.get(Agents).names([agent.id, '999'])).toEqual(new Map([[agent.id, '青井 空']]));
    await admin.send('PATCH', `/api/agents/${agent.id}`, { name: '青井' });
    expect((await node.app.get(Agents).names([agent.id])).get(agent.id)).toBe('青井');
  });

  it('is told which field is wrong', async () => {
    const faults: [object, string][] = [
      [{ name: '' }, 'name'],
      [{ name: '   ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ name: 'a\u0000b' }, 'name'],
      [{ email: 'no address' }, 'email'],
      [{ password: 'short' }, 'password'],
      [{ password: 'x'.repeat(201) }, 'password'],
      [{ role: 'owner' }, 'role'],
      [{ visibility: null }, 'visibility'],
      [{ locale: 'fr' }, 'locale'],
      [{ accountIds: ['0'] }, 'accountIds'],
      [{ accountIds: ['9'.repeat(30)] }, 'accountIds'],
      [{ accountIds: '1' }, 'accountIds'],
      [{ accountIds: ['123456789'] }, 'accountIds'],
      [{ salary: 1 }, 'salary'],
    ];
    for (const [body, field] of faults) {
      const { status, body: fault } = await admin.send<Fault>('POST', '/api/agents', hana(body));
      expect({ body, status }).toEqual({ body, status: 400 });
      expect(fault.error.code).toBe('invalid');
      expect(fault.error.fields!.map((one) => one.field)).toContain(field);
    }
    const agent = await node.person();
    for (const body of [
      { active: null },
      { name: null },
      { accountIds: ['123456789'] },
      { email: 'new@people.example' },
    ]) {
      expect((await admin.send('PATCH', `/api/agents/${agent.id}`, body)).status).toBe(400);
    }
    expect((await admin.send<AgentView[]>('GET', '/api/agents')).body).toContainEqual(agent);
  });

  it('cannot give two people one e-mail, not even at once or in capitals', async () => {
    const one = hana();
    const answers = await Promise.all(
      [one.email, one.email.toUpperCase(), one.email].map((email) =>
        admin.send<Fault>('POST', '/api/agents', { ...one, email }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.error.code).toBe('conflict');
  });

  it('gets 404 for an agent that does not exist or cannot', async () => {
    for (const id of ['999999', '0', 'abc', '9'.repeat(30)]) {
      const { status } = await admin.send('PATCH', `/api/agents/${id}`, { name: 'x' });
      expect({ id, status }).toEqual({ id, status: 404 });
    }
  });

  it('cannot lock herself or everybody out', async () => {
    const self = await admin.send<Fault>('PATCH', `/api/agents/${boss.id}`, { active: false });
    expect([self.status, self.body.error.code]).toEqual([409, 'conflict']);
    expect((await admin.send('PATCH', `/api/agents/${boss.id}`, { role: 'agent' })).status).toBe(409);

    const second = await node.person({ role: 'admin' });
    const desk = await node.signedInDesk(second);
    const duel = await Promise.all([
      admin.send('PATCH', `/api/agents/${second.id}`, { role: 'agent' }),
      desk.send('PATCH', `/api/agents/${boss.id}`, { role: 'agent' }),
    ]);
    expect(duel.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const left = (await node.app.get(Agents).rightsOfAll([boss.id, second.id])).values();
    expect([...left].filter(({ agent }) => agent.role === 'admin')).toHaveLength(1);
    if (duel[1]!.status === 200) await desk.send('PATCH', `/api/agents/${boss.id}`, { role: 'admin' });
  });

  it('who changes her own password stays, and her other browsers do not', async () => {
    const self = await node.person({ role: 'admin' });
    const [here, there] = [await node.signedInDesk(self), await node.signedInDesk(self)];
    await here.send('PATCH', `/api/agents/${self.id}`, { password: 'a new long password' });
    expect((await here.send('GET', '/api/session')).status).toBe(200);
    expect((await there.send('GET', '/api/session')).status).toBe(401);
    await admin.send('PATCH', `/api/agents/${self.id}`, { active: false });
  });
});

describe('an agent', () => {
  it('sees active colleagues of her accounts, and of them only name and role', async () => {
    const [ours, theirs] = [await node.account(), await node.account()];
    const aoi = await node.person({ name: 'Aoi', accountIds: [ours.id] });
    const ren = await node.person({ name: 'Ren', accountIds: [ours.id, theirs.id] });
    const stranger = await node.person({ accountIds: [theirs.id] });
    const left = await node.person({ accountIds: [ours.id] });
    await admin.send('PATCH', `/api/agents/${left.id}`, { active: false });
    const { body } = await (await node.signedInDesk(aoi)).send<AgentSummary[]>('GET', '/api/agents');
    const ids = body.map(({ id }) => id);
    expect(body).toContainEqual({ id: ren.id, name: 'Ren', role: 'agent' });
    expect(ids).toContain(aoi.id);
    expect(ids).not.toContain(stranger.id);
    expect(ids).not.toContain(left.id);
  });

  it('manages nobody', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    for (const [method, path] of [
      ['POST', '/api/agents'],
      ['PATCH', `/api/agents/${aoi.id}`],
    ] as const) {
      const { status, body } = await desk.send<Fault>(method, path, hana({ role: 'admin' }));
      expect([status, body.error.code]).toEqual([403, 'forbidden']);
      expect((await node.desk().send(method, path, hana())).status).toBe(401);
    }
  });
});

describe('the demo sign-ins', () => {
  it('are found while somebody can use them', async () => {
    const email = 'admin@demo.example';
    const demo = await node.person({ email, password: DEMO_PASSWORD });
    await node.person({ email: 'changed@demo.example' });
    await node.person({ email: 'admin@demo.example.com', password: DEMO_PASSWORD });
    expect(await node.app.get(Agents).demoSignIns()).toEqual([email]);
    await admin.send('PATCH', `/api/agents/${demo.id}`, { active: false });
    expect(await node.app.get(Agents).demoSignIns()).toEqual([]);
  });
});
