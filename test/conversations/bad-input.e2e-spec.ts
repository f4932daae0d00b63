import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerView } from '#libs/contracts/index.js';
import { textLimits } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let carrier: Carrier;
let id: string;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account);
  carrier = new Carrier(world.first.url, account);
  const hana = await world.customer(account);
  await hana.writes('こんにちは');
  id = (await aoi.conversationWith(hana)).id;
  await aoi.takes(id);
});

afterAll(() => world?.close());

const everything = async () => {
  const [count] = await world.query<{ rows: string }>(
    `select (select count(*) from messages) || ' ' || (select count(*) from customers) || ' ' ||
       (select count(*) from conversations) || ' ' || (select count(*) from contacts) as rows`,
  );
  return count!.rows;
};

describe('the webhook door', () => {
  it('a wrong path word, and a wire that does not exist: 404, and nothing is stored', async () => {
    const before = await everything();
    const event = carrier.message('+818012345678', 'x');
    for (const path of [
      '/carrier/maap/wrong',
      `${account.webhookPath}x`,
      account.webhookPath.replace('maap', 'pigeon'),
    ]) {
      const { status, body } = await carrier.tells(event, { path });
      expect({ path, status, code: body?.error?.code }).toEqual({ path, status: 404, code: 'not_found' });
    }
    expect(await everything()).toBe(before);
  });

  it('a wrong token: 401; the right one also with Bearer', async () => {
    const before = await everything();
    const event = carrier.message('+818012345678', 'x');
    for (const token of ['wrong', '', 'Bearer ', account.verificationToken.slice(1)]) {
      const { status, body } = await carrier.tells(event, { token });
      expect({ token, status, code: body?.error?.code }).toEqual({ token, status: 401, code: 'unauthenticated' });
    }
    expect(await everything()).toBe(before);
    const bearer = await carrier.tells(carrier.report('+818012345678', randomUUID(), 'sent'), {
      token: `Bearer ${account.verificationToken}`,
    });
    expect(bearer.status).toBe(200);
  });

  it('a body over the limit: 413 with the limit', async () => {
    const { status, body } = await carrier.tells(carrier.message('+818012345678', 'x'.repeat(1024 * 1024)));
    expect(status).toBe(413);
    expect(body!.error).toMatchObject({
      code: 'body_too_large',
      fields: [{ field: 'body', limit: 1024 * 1024, unit: 'bytes' }],
    });
  });

  it('broken JSON: 400, by its name', async () => {
    const { status, body } = await carrier.tells('{"event":');
    expect({ status, code: body!.error!.code }).toEqual({ status: 400, code: 'invalid_json' });
  });

  it('what cannot be understood is kept as it came, and answered 200', async () => {
    const strange = [
      { event: 'serviceCapabilities', anything: [1] },
      {
        event: 'message',
        RCSMessage: { msgId: randomUUID(), textMessage: 'x' },
        messageContact: { userContact: 'none' },
      },
      { event: 'message', RCSMessage: { textMessage: 'x' }, messageContact: {} },
      [1, 2],
      {},
    ];
    const before = await everything();
    for (const event of strange) expect((await carrier.tells(event)).status).toBe(200);
    expect(await everything()).toBe(before);
    const kept = await world.query<{ reason: string }>('select reason from carrier_events_kept');
    expect(kept).toHaveLength(strange.length);
  });
});

describe('what an agent sends', () => {
  const refused = async (text: string) => {
    const answer = await aoi.posts(id, text);
    return { status: answer.status, code: answer.body.error?.code, fields: answer.body.error?.fields };
  };

  it('2,730 units pass, 2,731 do not; the answer has both numbers', async () => {
    expect((await aoi.posts(id, 'あ'.repeat(2730))).status).toBe(201);
    expect(await refused('あ'.repeat(2731))).toMatchObject({
      status: 400,
      code: 'text_too_long',
      fields: [
        { field: 'content.text', limit: 2730, actual: 2731, unit: 'utf16' },
        { field: 'content.text', limit: 8190, actual: 8193, unit: 'bytes' },
      ],
    });
  });

  it('an emoji at the edge counts two units and four bytes', async () => {
    expect((await aoi.posts(id, `${'a'.repeat(2728)}😀`)).status).toBe(201);
    expect(await refused(`${'a'.repeat(2729)}😀`)).toMatchObject({ fields: [{ actual: 2731, unit: 'utf16' }] });
    expect(await refused(`${'あ'.repeat(2729)}😀`)).toMatchObject({
      fields: [{ actual: 2731 }, { actual: 2729 * 3 + 4, limit: textLimits.bytes, unit: 'bytes' }],
    });
  });

  it('no text, half a character, an id that is none, a member that does not exist: each named', async () => {
    expect(await refused('  \n ')).toMatchObject({
      status: 400,
      fields: [{ field: 'content.text', rule: 'required' }],
    });
    expect(await refused('x\ud800')).toMatchObject({ status: 400, fields: [{ field: 'content.text' }] });
    expect(await refused('x\u0000y')).toMatchObject({ status: 400, fields: [{ field: 'content.text' }] });
    const bad: [unknown, string][] = [
      [{ clientId: 'x', content: { type: 'text', text: 'a' } }, 'clientId'],
      [{ clientId: randomUUID() }, 'content'],
      [{ clientId: randomUUID(), content: { type: 'card' } }, 'content.type'],
      [{ clientId: randomUUID(), content: { type: 'text', text: 'a' }, to: '+81' }, 'to'],
      [
        {
          clientId: randomUUID(),
          content: { type: 'text', text: 'a', suggestions: [{ kind: 'reply', label: 'x'.repeat(26), payload: 'p' }] },
        },
        'content.suggestions.0.label',
      ],
    ];
    for (const [body, field] of bad) {
      const answer = await aoi.send('POST', `/api/conversations/${id}/messages`, body);
      expect({ status: answer.status, fields: answer.body.error.fields?.map((each) => each.field) }).toEqual({
        status: 400,
        fields: expect.arrayContaining([field]) as string[],
      });
    }
  });

  it('a number that is none', async () => {
    for (const phone of ['none', '123', '090-12', '+81 90 1234 5678 9012 34']) {
      const answer = await aoi.send('POST', '/api/conversations', { accountId: account.id, phone });
      expect({
        phone,
        status: answer.status,
        code: answer.body.error.code,
        field: answer.body.error.fields?.[0]?.field,
      }).toEqual({ phone, status: 400, code: 'invalid_phone', field: 'phone' });
    }
    const made = await aoi.send<{ conversation: { customer: CustomerView } }>('POST', '/api/conversations', {
      accountId: account.id,
      phone: '０９０ー１２３４ー５６７８',
    });
    expect(made.status).toBe(201);
    expect(made.body.conversation.customer).toMatchObject({ phone: null, phoneDisplay: '090-****-5678' });
    const known = await aoi.send('POST', '/api/conversations', { accountId: account.id, phone: '+81 90-1234-5678' });
    expect(known.status).toBe(200);
  });

  it('ids, bounds and cursors that are none', async () => {
    expect((await aoi.send('GET', '/api/conversations/abc')).status).toBe(404);
    expect((await aoi.send('GET', '/api/conversations/99999999999999999999')).status).toBe(404);
    for (const query of ['limit=0', 'limit=201', 'cursor=x', 'view=everything', 'order=random']) {
      const answer = await aoi.send('GET', `/api/conversations?${query}`);
      expect({ query, status: answer.status, code: answer.body.error?.code }).toEqual({
        query,
        status: 400,
        code: 'invalid',
      });
    }
    expect((await aoi.send('GET', `/api/conversations/${id}/messages?before=-1`)).status).toBe(400);
    expect((await aoi.send('GET', '/api/conversations/changes?since=abc')).status).toBe(400);
    expect((await aoi.send('POST', `/api/conversations/${id}/messages`, '{"clientId"')).body.error.code).toBe(
      'invalid_json',
    );
  });

  it('another site cannot make a browser act, however it writes the address', async () => {
    for (const path of [`/api/conversations/${id}/close`, `/%61pi/conversations/${id}/close`]) {
      for (const site of ['cross-site', 'same-site']) {
        const headers = { cookie: aoi.cookie, origin: 'http://evil.example', 'sec-fetch-site': site };
        const answer = await fetch(`${world.first.url}${path}`, { method: 'POST', headers });
        expect({ path, status: answer.status }).toEqual({ path, status: 403 });
      }
    }
    expect((await aoi.detail(id)).conversation.contact).not.toBeNull();
  });

  it('addresses that are none are answered in the one shape', async () => {
    for (const [path, status] of [
      ['//', 200],
      ['/%ZZ', 400],
      ['/assets/..%2f..%2fpackage.json', 404],
      ['/api/%ZZ', 400],
      ['/api/nothing', 404],
    ] as const) {
      const answer = await fetch(`${world.first.url}${path}`);
      const text = await answer.text();
      expect({ path, status: answer.status }).toEqual({ path, status });
      if (status !== 200) expect((JSON.parse(text) as { error: { requestId: string } }).error.requestId).not.toBe('');
    }
  });

  it('nothing without a session, and the process lives', async () => {
    const nobody = aoi.at(world.first.url);
    nobody.cookie = '';
    for (const path of ['/api/conversations', `/api/conversations/${id}`, '/api/agents', '/api/media/1']) {
      expect((await nobody.send('GET', path)).status).toBe(401);
    }
    expect(await nobody.refusedScreen()).toBe('unauthenticated');
    expect((await fetch(`${world.first.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${world.first.url}/readyz`)).status).toBe(200);
  });
});
