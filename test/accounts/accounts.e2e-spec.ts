import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connections } from '#libs/accounts/index.js';
import type { AccountView, ConnectionView } from '#libs/contracts/index.js';
import { PeopleNode } from '../agents/people.js';
import type { Desk, Fault } from '../agents/people.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';

let database: FreshDatabase;
let node: PeopleNode;
let other: PeopleNode;
let admin: Desk;

const publicUrl = 'https://console.example';
const maap = {
  wire: 'maap',
  settings: { baseUrl: 'http://carrier:8080/rcs/bot/v1', botId: 'shop@botplatform.example', mediaHosts: ['cdn:8080'] },
  credentials: { token: 'the-carrier-token', verificationToken: 'the-verification-token' },
};

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url, { publicUrl });
  other = await PeopleNode.start(database.url, { publicUrl });
  admin = await node.signedInDesk(await node.person({ role: 'admin' }));
});

afterAll(async () => {
  await node?.stop();
  await other?.stop();
  await database?.drop();
});

const newAccount = async (name = 'Shop') => (await admin.send<AccountView>('POST', '/api/accounts', { name })).body;
const newConnection = async (accountId: string) =>
  (await admin.send<ConnectionView>('POST', `/api/accounts/${accountId}/connections`, maap)).body;

describe('an official account', () => {
  it('is made and changed by an admin, one thing at a time', async () => {
    const made = await admin.send<AccountView>('POST', '/api/accounts', {
      name: '花屋',
      description: '二行\nあります',
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: made.body.id,
      name: '花屋',
      description: '二行\nあります',
      logoUrl: null,
      verified: false,
      connections: [],
    });
    const logoUrl = 'https://shop.example/logo.png';
    const path = `/api/accounts/${made.body.id}`;
    expect((await admin.send('PATCH', path, { verified: true, logoUrl })).body).toEqual({
      ...made.body,
      verified: true,
      logoUrl,
    });
    expect((await admin.send<AccountView>('PATCH', path, { logoUrl: null })).body.logoUrl).toBeNull();
    expect((await admin.send('PATCH', '/api/accounts/999999', { name: 'x' })).status).toBe(404);
  });

  it('is shown to those who work for it, without its wires, and to admins with them', async () => {
    const [ours, theirs] = [await newAccount('Ours'), await newAccount('Theirs')];
    await newConnection(ours.id);
    const aoi = await node.signedInDesk(await node.person({ accountIds: [ours.id] }));
    const { body } = await aoi.send<AccountView[]>('GET', '/api/accounts');
    expect(body).toEqual([ours]);
    const all = await admin.send<AccountView[]>('GET', '/api/accounts');
    expect(all.body.map(({ id }) => id)).toEqual(expect.arrayContaining([ours.id, theirs.id]));
    expect(all.body.find(({ id }) => id === ours.id)!.connections).toHaveLength(1);
  });

  it('is left alone by everybody else', async () => {
    const { id } = await newAccount();
    const supervisor = await node.signedInDesk(await node.person({ role: 'supervisor', accountIds: [id] }));
    for (const [method, path, body] of [
      ['POST', '/api/accounts', { name: 'x' }],
      ['PATCH', `/api/accounts/${id}`, { name: 'x' }],
      ['POST', `/api/accounts/${id}/connections`, maap],
    ] as const) {
      expect((await supervisor.send(method, path, body)).status).toBe(403);
      expect((await node.desk().send(method, path, body)).status).toBe(401);
    }
  });

  it('is refused with the field that is wrong', async () => {
    const faults: [object, string][] = [
      [{}, 'name'],
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ name: 'x', description: 'a\u0000b' }, 'description'],
      [{ name: 'x', logoUrl: 'javascript:alert(1)' }, 'logoUrl'],
      [{ name: 'x', verified: true }, 'verified'],
    ];
    for (const [body, field] of faults) {
      const answer = await admin.send<Fault>('POST', '/api/accounts', body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.body.error.fields!.map((one) => one.field)).toContain(field);
    }
  });
});

describe('a wire', () => {
  it('gets an unguessable webhook address and gives its secrets to nobody but the carrier’s room', async () => {
    const account = await newAccount();
    const [one, two] = [await newConnection(account.id), await newConnection(account.id)];
    expect(one.connectionKey).toMatch(/^[\w-]{32}$/);
    expect(two.connectionKey).not.toBe(one.connectionKey);
    expect(one.webhookUrl).toBe(`${publicUrl}/carrier/maap/${one.connectionKey}`);
    expect(one.settings).toEqual(maap.settings);
    const all = await admin.send('GET', '/api/accounts');
    expect(JSON.stringify([one, all.body])).not.toMatch(/the-carrier-token|the-verification-token/);
    const [kept] = await node.app
      .get(DataSource)
      .query<{ whole: Buffer }[]>('select credentials as whole from carrier_connections where id = $1', [one.id]);
    expect(kept!.whole.includes('the-carrier-token')).toBe(false);
    expect(await other.app.get(Connections).byKey('maap', one.connectionKey)).toEqual({
      id: one.id,
      accountId: account.id,
      wire: 'maap',
      connectionKey: one.connectionKey,
      settings: maap.settings,
      credentials: maap.credentials,
      active: true,
    });
  });

  it('is found by its own key and wire only', async () => {
    const { connectionKey, id } = await newConnection((await newAccount()).id);
    const connections = node.app.get(Connections);
    expect(await connections.byKey('cm', connectionKey)).toBeNull();
    expect(await connections.byKey('maap', `${connectionKey}x`)).toBeNull();
    expect(await connections.byKey('maap', connectionKey.toLowerCase())).toBeNull();
    expect((await connections.byId(id))!.connectionKey).toBe(connectionKey);
    expect(await connections.byId('999999')).toBeNull();
  });

  it('costs no query while nothing changes, and is new on every node when it does', async () => {
    const account = await newAccount();
    const wire = await newConnection(account.id);
    const path = `/api/accounts/${account.id}/connections/${wire.id}`;
    const at = (people: PeopleNode) => people.app.get(Connections).byKey('maap', wire.connectionKey);
    const [here, there] = [await at(node), await at(other)];
    expect(await at(node)).toBe(here);

    const edited = await admin.send<ConnectionView>('PATCH', path, { credentials: { token: 'a newer token' } });
    expect(edited.body).toEqual(wire);
    expect((await at(node))!.credentials).toEqual({ token: 'a newer token' });
    await expect
      .poll(async () => (await at(other))!.credentials, { timeout: 1_000 })
      .toEqual({ token: 'a newer token' });
    expect(there!.credentials).toEqual(maap.credentials);

    expect((await node.app.get(Connections).activeOf(account.id))!.id).toBe(wire.id);
    await admin.send('PATCH', path, { active: false });
    expect((await at(node))!.active).toBe(false);
    expect(await node.app.get(Connections).activeOf(account.id)).toBeNull();
  });

  it('cannot be reached through another account', async () => {
    const [mine, yours] = [await newAccount(), await newAccount()];
    const wire = await newConnection(mine.id);
    expect(
      (await admin.send('PATCH', `/api/accounts/${yours.id}/connections/${wire.id}`, { active: false })).status,
    ).toBe(404);
    expect((await node.app.get(Connections).byId(wire.id))!.active).toBe(true);
    expect((await admin.send('POST', '/api/accounts/999999/connections', maap)).status).toBe(404);
  });

  it('is refused with the field that is wrong', async () => {
    const { id } = await newAccount();
    const faults: [object, string][] = [
      [{ wire: 'pigeon' }, 'wire'],
      [{ settings: undefined }, 'settings'],
      [{ settings: [] }, 'settings'],
      [{ settings: { ...maap.settings, baseUrl: 'ftp://carrier' } }, 'settings.baseUrl'],
      [{ settings: { ...maap.settings, botId: '' } }, 'settings.botId'],
      [{ settings: { ...maap.settings, sendPath: '../admin' } }, 'settings.sendPath'],
      [{ settings: { ...maap.settings, mediaHosts: ['http://x/'] } }, 'settings.mediaHosts'],
      [{ settings: { ...maap.settings, tokenUrl: null } }, 'settings.tokenUrl'],
      [{ credentials: undefined }, 'credentials'],
      [{ credentials: { token: 1 } }, 'credentials.token'],
      [{ credentials: { password: 'x' } }, 'credentials.password'],
    ];
    for (const [body, field] of faults) {
      const answer = await admin.send<Fault>('POST', `/api/accounts/${id}/connections`, { ...maap, ...body });
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.body.error.fields!.map((one) => one.field)).toContain(field);
    }
  });
});
