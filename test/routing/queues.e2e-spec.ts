import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  queueLimits,
  type ErrorBody,
  type QueuePreview,
  type QueueSummary,
  type QueueView,
} from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import { Stage } from './stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

describe('the rules of a queue', () => {
  it('are as usual until somebody sets them, and come back as they were set', async () => {
    const agents = await stage.paper(2);
    const queue = await stage.queue({ agents });
    expect(queue).toMatchObject({ version: 1, strategy: 'spareCapacity', offerSeconds: 20, hours: null, active: true });
    const hours = {
      week: [[], ...Array.from({ length: 5 }, () => [{ from: '09:00', to: '18:00' }]), []],
      holidays: [],
      exceptions: [{ date: '2026-12-31', name: '大晦日', spans: [{ from: '10:00', to: '15:00' }] }],
    };
    const edited = await stage.edit(queue.id, { version: 1, hours, strategy: 'roundRobin', maxLength: 40 });
    expect(edited).toMatchObject({ version: 2, hours, strategy: 'roundRobin', maxLength: 40, members: queue.members });
    const stale = await stage.admin.send('PATCH', `/api/queues/${queue.id}`, { version: 1, maxLength: 41 });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'conflict']);
    const twin = await stage.admin.send('POST', '/api/queues', { name: queue.name.toUpperCase() });
    expect(twin.status).toBe(409);
  });

  it.each([
    [{ offerSeconds: 4 }, 'offerSeconds', 5],
    [{ offerSeconds: 601 }, 'offerSeconds', 600],
    [{ weight: 11 }, 'weight', 10],
    [{ strategy: 'random' }, 'strategy', undefined],
    [{ members: [{ agentId: '999999', rank: 1, delaySeconds: 0 }] }, 'members', undefined],
    [{ members: [{ agentId: '1', rank: 0, delaySeconds: 0 }] }, 'members.0.rank', 1],
    [{ accountIds: ['999999'] }, 'accountIds', undefined],
    [{ skillSteps: [{ afterSeconds: 5, need: [] }] }, 'skillSteps.0.afterSeconds', 0],
    [{ skillSteps: [{ afterSeconds: 0, need: [{ skillId: '999999', level: 3 }] }] }, 'skillSteps', undefined],
    [
      { overflow: { queueId: '999999', mode: 'overlay', afterSeconds: 1, longerThan: null, whenUnstaffed: false } },
      'overflow.queueId',
      undefined,
    ],
    [{ whenFull: 'overflow' }, 'whenFull', undefined],
    [{ hours: { week: [], holidays: [], exceptions: [] } }, 'hours.week', 7],
    [
      { hours: { week: [[{ from: '9', to: '18:00' }], [], [], [], [], [], []], holidays: [], exceptions: [] } },
      'hours.week.0.0.from',
      undefined,
    ],
    [{ hours: { week: [[], [], [], [], [], [], []], holidays: 'never', exceptions: [] } }, 'hours.holidays', undefined],
    [
      {
        hours: {
          week: [[], [], [], [], [], [], []],
          holidays: [],
          exceptions: [{ date: '2026-02-30', name: '', spans: [] }],
        },
      },
      'hours.exceptions.0.date',
      undefined,
    ],
    [{ inactivity: { closeAfterSeconds: 60, warnSeconds: 60, text: null } }, 'inactivity.warnSeconds', 59],
    [{ dispositionRequired: true }, 'dispositionRequired', undefined],
    [
      { texts: { queued: 'あ'.repeat(1_001), outOfHours: null, full: null, closing: null } },
      'texts.queued',
      queueLimits.text,
    ],
    [{ colour: 'red' }, 'colour', undefined],
  ])('%o is refused at %s', async (body, field, limit) => {
    const { status, body: answer } = await stage.admin.send('POST', '/api/queues', {
      name: `x ${Math.random()}`,
      ...body,
    });
    expect({ status, field: answer.error.fields?.find((fault) => fault.field === field)?.field }).toEqual({
      status: 400,
      field,
    });
    if (limit !== undefined) expect(answer.error.fields!.find((fault) => fault.field === field)!.limit).toBe(limit);
  });

  it('refuse circles of overflow, and being deleted while somebody waits', async () => {
    const first = await stage.queue();
    const move = (queueId: string) => ({
      queueId,
      mode: 'move',
      afterSeconds: 10,
      longerThan: null,
      whenUnstaffed: false,
    });
    const second = await stage.queue({ overflow: move(first.id) as QueueView['overflow'] });
    const circle = await stage.admin.send('PATCH', `/api/queues/${first.id}`, { overflow: move(second.id) });
    expect(circle.body.error.fields).toMatchObject([{ field: 'overflow.queueId', rule: 'circle' }]);
    const used = await stage.admin.send('DELETE', `/api/queues/${first.id}`);
    expect([used.status, used.body.error.code]).toEqual([409, 'queue_in_use']);
    expect((await stage.admin.send('DELETE', `/api/queues/${second.id}`)).status).toBe(204);
    expect((await stage.admin.send('DELETE', `/api/queues/${first.id}`)).status).toBe(204);
    expect((await stage.admin.send('GET', `/api/queues/${first.id}`)).status).toBe(404);
  });

  it('are for administrators; everybody sees what waits', async () => {
    const clerk = await stage.agent({ ready: false });
    const queue = await stage.queue({ agents: [clerk.id] });
    expect((await clerk.desk.send('POST', '/api/queues', { name: '勝手' })).status).toBe(403);
    expect((await clerk.desk.send('GET', `/api/queues/${queue.id}`)).status).toBe(403);
    await stage.waiting(queue.id, 3);
    const summary = await eventually(
      async () =>
        (await clerk.desk.get<QueueSummary[]>('/api/queues')).find(
          ({ id, waiting }) => id === queue.id && waiting === 3,
        ),
      'three to wait',
    );
    expect(summary).toMatchObject({ name: queue.name, open: true, ready: 0, freeSlots: 0, expectedWait: null });
    await stage.until(
      () =>
        clerk.screen.heard.some(
          ({ name, event }) => name === 'queue:changed' && (event as { id: string }).id === queue.id,
        ),
      'her screen to be told',
    );
  });

  it('preview what they would do to four hundred who wait, and then do it', async () => {
    const agents = await stage.paper(20, { capacity: 2 });
    const queue = await stage.queue({});
    const ids = await stage.waiting(queue.id, 400, 2);
    await eventually(
      async () => (await stage.contacts('t.queue_id = $1 and t.need_key is not null', [queue.id])).length === 400,
      'their places',
    );
    const change = { members: agents.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 })) };
    const { status, body } = await stage.admin.send<QueuePreview & ErrorBody>(
      'POST',
      `/api/queues/${queue.id}/preview`,
      change,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      waiting: 400,
      offersNow: 40,
      before: { placeable: 0, unplaceable: 400, members: 0 },
      after: { placeable: 400, unplaceable: 0, members: 20, ready: 20, freeSlots: 40 },
    });
    expect((await stage.contacts('t.queue_id = $1 and t.offered_to is not null', [queue.id])).length).toBe(0);
    await stage.edit(queue.id, change);
    const offered = await eventually(async () => {
      const rows = await stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id]);
      return rows.length === 40 && rows;
    }, 'the forty offers');
    expect(offered.map(({ id }) => id)).toEqual(ids.slice(0, 40));
    const shown = body.offers.map(({ conversationId, agentId }) => `${conversationId}>${agentId}`).sort();
    expect(offered.map((row) => `${row.conversation_id}>${row.offered_to}`).sort()).toEqual(shown);
  });
});

describe('what customers are told by itself', () => {
  it('the queue’s text, once, without a wait that nobody knows; and it is no reply', async () => {
    const queue = await stage.queue({
      accountIds: [stage.account.id],
      texts: {
        queued: '順番にご案内しております。お待ち時間の目安は{wait}です。',
        outOfHours: null,
        full: null,
        closing: null,
      },
    });
    const customer = await stage.world.customer(stage.account);
    await customer.writes('質問です');
    const [text] = await customer.received(1);
    expect(text!.content.text).toBe('順番にご案内しております。');
    const row = await stage.admin.conversationWith(customer);
    expect(row.contact).toMatchObject({ state: 'queued', firstReplyAt: null });
    expect(row.waitingSince).not.toBeNull();
    const [message] = (await stage.admin.messages(row.id)).filter(({ author }) => author.kind === 'system');
    expect(message).toMatchObject({ kind: 'message', delivery: { state: expect.any(String) as string } });
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('an honest range, once enough were served', async () => {
    const [agent] = await stage.paper(1, { capacity: 0 });
    const queue = await stage.queue({
      agents: [agent!],
      texts: { queued: '目安は{wait}です。', outOfHours: null, full: null, closing: null },
    });
    const served = await stage.waiting(queue.id, 8);
    await stage.world.query(
      `update contacts set state = 'closed', closed_at = now(), first_accepted_at = now() - (row_number * 60) * interval '1 second'
       from (select id as n, row_number() over (order by id) from unnest($1::bigint[]) id) numbered where contacts.id = numbered.n`,
      [served],
    );
    await stage.edit(queue.id, { accountIds: [stage.account.id] });
    const customer = await stage.world.customer(stage.account);
    await customer.writes('質問です');
    expect((await customer.received(1))[0]!.content.text).toBe('目安は約1分です。');
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('out of hours: when it opens, and the contact waits or is over, as the queue says', async () => {
    const closed = {
      week: [[], [], [], [], [], [], []],
      holidays: 'asUsual',
      exceptions: [{ date: '2099-01-05', name: '再開', spans: [{ from: '09:00', to: '18:00' }] }],
    };
    const texts = { queued: null, outOfHours: 'ただいま営業時間外です。', full: null, closing: null };
    const queue = await stage.queue({
      accountIds: [stage.account.id],
      hours: closed as unknown as QueueView['hours'],
      texts,
    });
    const waits = await stage.world.customer(stage.account);
    await waits.writes('質問です');
    expect((await waits.received(1))[0]!.content.text).toBe('ただいま営業時間外です。');
    expect((await stage.contactOf(waits.phone)).state).toBe('queued');
    await stage.edit(queue.id, { whenClosed: 'refuse' });
    const refused = await stage.world.customer(stage.account);
    await refused.writes('質問です');
    expect((await refused.received(1))[0]!.content.text).toBe('ただいま営業時間外です。');
    await stage.until(
      async () => (await stage.contactOf(refused.phone)).close_reason === 'refused_hours',
      'the refusal',
    );
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('full: the first enter, the others are told so', async () => {
    const queue = await stage.queue({
      accountIds: [stage.account.id],
      maxLength: 3,
      whenFull: 'refuse',
      texts: { queued: null, outOfHours: null, full: '大変混み合っております。', closing: null },
    });
    await stage.arrive(10);
    await stage.until(
      async () =>
        (await stage.contacts(`t.queue_id = $1 and t.close_reason = 'refused_full'`, [queue.id])).length === 7,
      'seven refusals',
    );
    expect((await stage.contacts(`t.queue_id = $1 and t.state = 'queued'`, [queue.id])).length).toBe(3);
    await stage.edit(queue.id, { accountIds: [] });
  });
});

describe('supervisors', () => {
  it('assign beyond the capacity only when they say so, and it is recorded', async () => {
    const boss = await stage.agent({ name: '統括', role: 'supervisor' });
    const aoi = await stage.agent({ name: '葵', capacity: 1 });
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id] });
    const [first] = await stage.arrive(1);
    await aoi.accepts(await aoi.offerOf(first!));
    const [second] = await stage.arrive(1);
    const row = await boss.desk.conversationWith({ phone: second! });
    const refused = await boss.does('assign', row.id, { agentId: aoi.id });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'over_capacity']);
    const own = await aoi.does('assign', row.id, { agentId: 'me' });
    expect([own.status, own.body.error.code]).toEqual([409, 'over_capacity']);
    const forced = await boss.does('assign', row.id, { agentId: aoi.id, override: true });
    expect(forced.body.contact).toMatchObject({ state: 'active', assignee: { id: aoi.id } });
    expect((await boss.decisions(row.id))[0]).toMatchObject({
      path: 'assignment',
      override: true,
      by: { id: boss.id },
      chosen: { id: aoi.id },
    });
    await aoi.state('not_ready', 'break');
    const [third] = await stage.arrive(1);
    const other = await boss.desk.conversationWith({ phone: third! });
    expect((await boss.does('assign', other.id, { agentId: aoi.id })).body.error.code).toBe('not_available');
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('change a priority, and with it the place', async () => {
    const boss = await stage.agent({ name: '統括', role: 'supervisor' });
    const [agent] = await stage.paper(1, { capacity: 1, routing: 'not_ready' });
    const queue = await stage.queue({ agents: [agent!] });
    const ids = await stage.waiting(queue.id, 3, 10);
    const last = await eventually(
      async () => (await stage.contacts('t.id = $1 and t.need_key is not null', [ids[2]]))[0],
      'its place',
    );
    expect(
      (await boss.desk.send('PUT', `/api/conversations/${last.conversation_id}/priority`, { priority: 'urgent' }))
        .status,
    ).toBe(200);
    await stage.turns(agent!, 'ready');
    const offered = await eventually(async () => (await stage.contacts('t.offered_to = $1', [agent]))[0], 'the offer');
    expect(offered.id).toBe(ids[2]);
  });
});
