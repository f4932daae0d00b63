import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '#libs/contracts/index.js';
import type { SessionView } from '#libs/contracts/index.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { PASSWORD, PeopleNode } from './people.js';
import type { Fault } from './people.js';

let database: FreshDatabase;
let node: PeopleNode;
let other: PeopleNode;

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url);
  other = await PeopleNode.start(database.url);
});

afterAll(async () => {
  await node?.stop();
  await other?.stop();
  await database?.drop();
});

const sql = <R>(text: string, values: unknown[] = []) => node.app.get(DataSource).query<R[]>(text, values);
const forgetFailures = () => sql('delete from sign_in_failures');

describe('signing in', () => {
  it('gives the person, her rights and accounts, and a cookie that scripts cannot read', async () => {
    const account = await node.account();
    const foreign = await node.account('Somebody else');
    const aoi = await node.person({ name: '青井', accountIds: [account.id] });
    const desk = node.desk();
    const { status, body, headers } = await desk.signsIn(` ${aoi.email.toUpperCase()} `);
    expect(status).toBe(200);
    expect(body.agent).toEqual(aoi);
    expect(body.accounts).toEqual([{ id: account.id, name: 'Madoguchi Bank', logoUrl: null, verified: false }]);
    expect(body.accounts).not.toContainEqual(expect.objectContaining({ id: foreign.id }));
    expect(body.permissions).toContain('conversation.reply');
    expect(body.permissions).not.toContain('agent.manage');
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(5_000);

    const cookie = headers.getSetCookie()[0]!;
    expect(cookie).toMatch(/^madoguchi_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    expect(JSON.stringify(body)).not.toContain(desk.token);
    const [kept] = await sql<{ whole: string }>(
      'select sessions::text as whole from sessions order by id desc limit 1',
    );
    expect(kept!.whole).not.toContain(desk.token);

    const again = await desk.at(other).send<SessionView>('GET', '/api/session');
    expect(again.body.agent).toEqual(aoi);
  });

  it('marks the cookie Secure when people come over https', async () => {
    const secure = await PeopleNode.start(database.url, { publicUrl: 'https://console.example' });
    try {
      const aoi = await secure.person();
      const { headers } = await secure.desk().signsIn(aoi.email);
      expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
    } finally {
      await secure.stop();
    }
  });

  it('shows an admin every right there is, and with visibility all every account', async () => {
    const account = await node.account('Seen by all');
    const admin = await node.person({ role: 'admin' });
    const { body } = await node.desk().signsIn(admin.email);
    expect([...body.permissions].sort()).toEqual([...permissions].sort());
    expect(body.accounts.map(({ id }) => id)).toContain(account.id);
    expect(body.agent.accountIds).toEqual([]);
  });

  it('answers a wrong password, an unknown e-mail and somebody who left alike', async () => {
    const aoi = await node.person();
    const left = await node.person();
    await sql('update agents set active = false where id = $1', [left.id]);
    const answers = [
      await node.desk().signsIn(aoi.email, 'not her password'),
      await node.desk().signsIn('nobody@people.example'),
      await node.desk().signsIn(left.email),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body.error.code).toBe('wrong_credentials');
      expect(headers.getSetCookie()).toEqual([]);
    }
    const texts = new Set(answers.map(({ body }) => body.error.message));
    expect(texts.size).toBe(1);
    await forgetFailures();
  });

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    const aoi = await node.person();
    const took = async (email: string) => {
      const start = performance.now();
      await node.desk().signsIn(email, 'not her password');
      return performance.now() - start;
    };
    await took(aoi.email);
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 5; round++) {
      await forgetFailures();
      known.push(await took(aoi.email));
      unknown.push(await took(`nobody-${round}@people.example`));
    }
    // Hashing is most of it: whoever skips it for unknown e-mails is several times as fast.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
    await forgetFailures();
  });

  it.each([
    [{}, ['email', 'password']],
    [{ email: 1, password: [] }, ['email', 'password']],
    [{ email: 'a\u0000b', password: 'x' }, ['email']],
    [{ email: 'a@b.example', password: 'x'.repeat(201) }, ['password']],
    [{ email: 'a@b.example', password: 'x', admin: true }, ['admin']],
    [undefined, ['email', 'password']],
  ])('names what is wrong with %j', async (body, fields) => {
    const { status, body: fault } = await node.desk().send<Fault>('POST', '/api/session', body);
    expect(status).toBe(400);
    expect(fault.error.code).toBe('invalid');
    expect([...new Set(fault.error.fields!.map(({ field }) => field))].sort()).toEqual(fields);
  });

  it('ends the session that the same browser had before', async () => {
    const [aoi, ren] = [await node.person(), await node.person()];
    const desk = await node.signedInDesk(aoi);
    const before = desk.at(node);
    await desk.signsIn(ren.email);
    expect((await desk.send<SessionView>('GET', '/api/session')).body.agent.id).toBe(ren.id);
    expect((await before.send('GET', '/api/session')).status).toBe(401);
  });
});

describe('ten wrong tries in a row', () => {
  it('for one e-mail make the next one wait, on every node, right or wrong; then the right one clears the count', async () => {
    await forgetFailures();
    const aoi = await node.person();
    for (let wrong = 0; wrong < 10; wrong++) {
      const at = wrong % 2 ? node : other;
      expect((await at.desk().signsIn(aoi.email.toUpperCase(), 'not her password')).status).toBe(401);
    }
    const refused = await other.desk().signsIn(aoi.email);
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('too_many_attempts');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(10);

    await sql(`update sign_in_failures set last_at = last_at - interval '11 seconds'`);
    expect((await node.desk().signsIn(aoi.email, 'not her password')).status).toBe(401);
    const longer = Number((await node.desk().signsIn(aoi.email)).headers.get('retry-after'));
    expect(longer).toBeGreaterThan(10);
    expect(longer).toBeLessThanOrEqual(20);

    await sql(`update sign_in_failures set last_at = last_at - interval '21 seconds'`);
    expect((await node.desk().signsIn(aoi.email)).status).toBe(200);
    expect(await sql('select * from sign_in_failures')).toEqual([]);
  });

  it('from one place with ever other e-mails make that place wait', async () => {
    await forgetFailures();
    for (let wrong = 0; wrong < 10; wrong++) await node.desk().signsIn(`nobody-${wrong}@people.example`);
    const aoi = await node.person();
    expect((await node.desk().signsIn(aoi.email)).status).toBe(429);
    await forgetFailures();
    expect((await node.desk().signsIn(aoi.email)).status).toBe(200);
  });

  it('cannot be got around by trying all at once', async () => {
    await forgetFailures();
    const aoi = await node.person();
    const tries = Array.from({ length: 25 }, () => node.desk().signsIn(aoi.email, 'not her password'));
    const answers = (await Promise.all(tries)).map(({ status }) => status);
    expect(answers.filter((status) => status === 401)).toHaveLength(10);
    expect(answers.filter((status) => status === 429)).toHaveLength(15);
    await forgetFailures();
  });
});

describe('a session', () => {
  it('is needed: without one, with nonsense, or with another one than any there is, the answer is 401', async () => {
    const desk = node.desk();
    for (const cookie of [
      undefined,
      'madoguchi_session=',
      'madoguchi_session=%',
      `madoguchi_session=${'A'.repeat(43)}`,
    ]) {
      desk.cookie = cookie;
      const { status, body } = await desk.send<Fault>('GET', '/api/session');
      expect(status).toBe(401);
      expect(body.error.code).toBe('unauthenticated');
    }
  });

  it('is over on every node in the moment of signing out, though they remember it', async () => {
    const desk = await node.signedInDesk(await node.person());
    const elsewhere = desk.at(other);
    const same = desk.at(node);
    for (const remembered of [elsewhere, same]) expect((await remembered.send('GET', '/api/session')).status).toBe(200);
    const out = await desk.send('DELETE', '/api/session');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^madoguchi_session=; .*Max-Age=0/);
    expect((await same.send('GET', '/api/session')).status).toBe(401);
    await expect.poll(async () => (await elsewhere.send('GET', '/api/session')).status, { timeout: 1_000 }).toBe(401);
    expect((await desk.send('DELETE', '/api/session')).status).toBe(204);
  });

  it('is over when it expires, and a request within its time makes it last longer', async () => {
    const desk = await node.signedInDesk(await node.person());
    const expiry = async () => {
      const [row] = await sql<{ hours: number; id: string }>(
        'select id, extract(epoch from expires_at - now())::float8 / 3600 as hours from sessions order by id desc limit 1',
      );
      return row!;
    };
    const { id, hours } = await expiry();
    expect(hours).toBeCloseTo(12, 1);

    await sql(
      `update sessions set last_seen_at = now() - interval '11 hours', expires_at = now() + interval '1 hour' where id = $1`,
      [id],
    );
    expect((await desk.at(other).send('GET', '/api/session')).status).toBe(200);
    expect((await expiry()).hours).toBeCloseTo(12, 1);

    await sql(
      `update sessions set created_at = now() - interval '167 hours', last_seen_at = now() - interval '2 minutes' where id = $1`,
      [id],
    );
    await node.account('News by which every node forgets what it remembers');
    await expect
      .poll(async () => {
        await desk.send('GET', '/api/session');
        return (await expiry()).hours;
      })
      .toBeCloseTo(1, 1);

    await sql(`update sessions set expires_at = now() - interval '1 second' where id = $1`, [id]);
    await node.account('News by which every node forgets what it remembers');
    await expect.poll(async () => (await desk.send('GET', '/api/session')).status).toBe(401);
  });

  it('cannot be used by the page of somebody else', async () => {
    const desk = await node.signedInDesk(await node.person());
    const evil = await desk.send<Fault>('DELETE', '/api/session', undefined, { origin: 'https://evil.example' });
    expect(evil.status).toBe(403);
    expect(evil.body.error.code).toBe('forbidden');
    const hidden = await desk.send('DELETE', '/api/session', undefined, { 'sec-fetch-site': 'cross-site' });
    expect(hidden.status).toBe(403);
    const planted = await node
      .desk()
      .send(
        'POST',
        '/api/session',
        { email: 'evil@evil.example', password: PASSWORD },
        { origin: 'https://evil.example' },
      );
    expect(planted.status).toBe(403);
    expect((await desk.send('GET', '/api/session')).status).toBe(200);
    expect((await desk.send('DELETE', '/api/session', undefined, { origin: node.url })).status).toBe(204);
  });
});
