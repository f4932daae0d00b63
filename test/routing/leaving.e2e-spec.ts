import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, QueueMembership, QueueSummary, QueueView, ReleaseResult } from '#libs/contracts/index.js';
import type { Answer } from '../support/agent-desk.js';
import type { Clerk } from './clerk.js';
import { Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const releases = (clerk: Clerk, body: object): Promise<Answer<ReleaseResult & ErrorBody>> =>
  clerk.desk.send('POST', '/api/agents/me/release', body);

/** So many customers, all in her hand. */
async function serves(clerk: Clerk, count: number): Promise<string[]> {
  const phones: string[] = [];
  for (let each = 0; each < count; each++) {
    const [phone] = await stage.arrive(1);
    expect((await clerk.accepts(await clerk.offerOf(phone!))).status).toBe(200);
    phones.push(phone!);
  }
  return phones;
}

describe('somebody who goes away with customers in her hand', () => {
  it('gives them back: each keeps its first enqueuing and is offered to a colleague at once', async () => {
    const [aoi, ren] = [await stage.agent({ name: '葵' }), await stage.agent({ name: '蓮', ready: false })];
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id, ren.id] });
    const phones = await serves(aoi, 2);
    const before = await Promise.all(phones.map((phone) => stage.contactOf(phone)));
    await ren.ready();
    await aoi.state('not_ready', 'meal');
    const { status, body } = await releases(aoi, { to: 'queue' });
    expect(status).toBe(200);
    expect({ ...body, returned: [...body.returned].sort() }).toEqual({
      returned: before.map((row) => row.conversation_id).sort(),
      asked: [],
      kept: [],
    });
    for (const [index, phone] of phones.entries()) {
      await ren.offerOf(phone);
      const row = await stage.contactOf(phone);
      expect(row).toMatchObject({ state: 'offered', assignee_id: null, offered_to: ren.id });
      expect(row.enqueued_at).toEqual(before[index]!.enqueued_at);
    }
    expect(await releases(aoi, { to: 'queue' })).toMatchObject({ body: { returned: [], asked: [], kept: [] } });
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('hands them over as far as the colleague has room; the others stay and say why', async () => {
    const aoi = await stage.agent({ name: '葵' });
    const ren = await stage.agent({ name: '蓮', capacity: 1, ready: false });
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id] });
    const [first, second] = await serves(aoi, 2);
    expect((await releases(aoi, { to: 'agent', agentId: ren.id })).body.kept.map(({ code }) => code)).toEqual([
      'not_available',
      'not_available',
    ]);
    await ren.ready();
    await aoi.state('not_ready', 'break');
    const { body } = await releases(aoi, { to: 'agent', agentId: ren.id });
    const longest = (await stage.contactOf(first!)).conversation_id;
    const other = (await stage.contactOf(second!)).conversation_id;
    expect(body).toEqual({ returned: [], asked: [longest], kept: [{ conversationId: other, code: 'over_capacity' }] });
    expect(await stage.contactOf(first!)).toMatchObject({ assignee_id: aoi.id, offered_to: ren.id });
    expect((await ren.accepts(await ren.offerOf(first!))).status).toBe(200);
    expect(await stage.contactOf(first!)).toMatchObject({ assignee_id: ren.id, offered_to: null });
    expect(await stage.contactOf(second!)).toMatchObject({ assignee_id: aoi.id });
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('leaves alone what nobody can have: a wrap-up, and what is being offered already', async () => {
    const [aoi, ren] = [await stage.agent({ name: '葵' }), await stage.agent({ name: '蓮' })];
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id], wrapUpSeconds: 600 });
    const [wrapped, asked] = await serves(aoi, 2);
    await aoi.does('close', (await stage.contactOf(wrapped!)).conversation_id);
    await aoi.does('transfer', (await stage.contactOf(asked!)).conversation_id, { agentId: ren.id });
    expect((await releases(aoi, { to: 'queue' })).body).toEqual({ returned: [], asked: [], kept: [] });
    expect(await stage.contactOf(asked!)).toMatchObject({ assignee_id: aoi.id, offered_to: ren.id });
    await stage.edit(queue.id, { accountIds: [] });
  });

  it.each([
    [{}, 'to'],
    [{ to: 'nobody' }, 'to'],
    [{ to: 'agent' }, 'agentId'],
    [{ to: 'agent', agentId: 'x' }, 'agentId'],
    [{ to: 'queue', agentId: '1' }, 'agentId'],
  ])('is told what is wrong with %o', async (body, field) => {
    const aoi = await stage.agent({ name: '葵', ready: false });
    const answer = await releases(aoi, body);
    expect([answer.status, answer.body.error.fields?.[0]?.field]).toEqual([400, field]);
  });

  it('cannot hand over to somebody who may not answer there', async () => {
    const aoi = await stage.agent({ name: '葵' });
    const stranger = await stage.world.agent(await stage.world.account(undefined, '別の会社'));
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id] });
    await serves(aoi, 1);
    const answer = await releases(aoi, { to: 'agent', agentId: stranger.view.id });
    expect(answer.body.error.fields).toMatchObject([{ field: 'agentId', rule: 'mayReply' }]);
    await stage.edit(queue.id, { accountIds: [] });
  });
});

describe('the queues of an agent, from her side', () => {
  const set = (id: string, memberships: QueueMembership[]): Promise<Answer<QueueMembership[] & ErrorBody>> =>
    stage.admin.send('PUT', `/api/agents/${id}/queues`, { memberships });

  it('are those of the queues, and only what changes gets a new version', async () => {
    const [aoi, ren] = await stage.paper(2);
    const sales = await stage.queue({ agents: [ren!] });
    const support = await stage.queue({ agents: [aoi!] });
    const made = await set(aoi!, [
      { queueId: sales.id, rank: 2, delaySeconds: 30 },
      { queueId: support.id, rank: 1, delaySeconds: 0 },
    ]);
    expect(made.status).toBe(200);
    expect(await stage.admin.get(`/api/agents/${aoi}/queues`)).toEqual(made.body);
    const [first, second] = await Promise.all(
      [sales, support].map(({ id }) => stage.admin.get<QueueView>(`/api/queues/${id}`)),
    );
    expect(first).toMatchObject({
      version: sales.version + 1,
      members: [
        { agentId: ren, rank: 1, delaySeconds: 0 },
        { agentId: aoi, rank: 2, delaySeconds: 30 },
      ],
    });
    expect(second).toMatchObject({ version: support.version });
    const stale = await stage.admin.send('PATCH', `/api/queues/${sales.id}`, { version: sales.version, members: [] });
    expect(stale.status).toBe(409);
    expect((await set(aoi!, [])).body).toEqual([]);
    expect((await stage.admin.get<QueueView>(`/api/queues/${sales.id}`)).members.map(({ agentId }) => agentId)).toEqual(
      [ren],
    );
  });

  it('bite at once: whoever waits is offered to her', async () => {
    const aoi = await stage.agent({ name: '葵' });
    const queue = await stage.queue({ accountIds: [stage.account.id] });
    const [phone] = await stage.arrive(1);
    await stage.until(async () => (await stage.contactOf(phone!)).queue_id === queue.id, 'its queue');
    await set(aoi.id, [{ queueId: queue.id, rank: 1, delaySeconds: 0 }]);
    await aoi.accepts(await aoi.offerOf(phone!));
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('are refused with the field and the limit, and to whoever has no right', async () => {
    const clerk = await stage.agent({ ready: false });
    const queue = await stage.queue();
    for (const [membership, field, limit] of [
      [{ queueId: '999999', rank: 1, delaySeconds: 0 }, 'memberships.0.queueId', undefined],
      [{ queueId: queue.id, rank: 100, delaySeconds: 0 }, 'memberships.0.rank', 99],
      [{ queueId: queue.id, rank: 1, delaySeconds: 10_000 }, 'memberships.0.delaySeconds', 9_999],
    ] as const) {
      const answer = await set(clerk.id, [membership]);
      expect({ status: answer.status, fault: answer.body.error.fields?.[0] }).toMatchObject({
        status: 400,
        fault: { field, ...(limit === undefined ? {} : { limit }) },
      });
    }
    expect((await set('999999', [])).status).toBe(404);
    expect((await clerk.desk.send('GET', `/api/agents/${clerk.id}/queues`)).status).toBe(403);
    expect((await clerk.desk.send('PUT', `/api/agents/${clerk.id}/queues`, { memberships: [] })).status).toBe(403);
  });
});

describe('what screens are told of a queue', () => {
  it('follows who comes and goes, and names its accounts and its hours', async () => {
    const aoi = await stage.agent({ name: '葵', capacity: 2 });
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id] });
    const told = () =>
      aoi.screen.heard
        .filter(({ name, event }) => name === 'queue:changed' && (event as { id: string }).id === queue.id)
        .map(({ event }) => (event as { queue: QueueSummary }).queue)
        .at(-1);
    await stage.until(() => told()?.ready === 1, 'her to be counted');
    expect(told()).toMatchObject({
      accountIds: [stage.account.id],
      members: 1,
      freeSlots: 2,
      version: 1,
      changesAt: null,
    });
    await aoi.state('not_ready', 'break');
    await stage.until(() => told()?.ready === 0, 'her absence to be told');
    const span = { from: '00:00', to: '00:01' };
    const hours = { week: Array.from({ length: 7 }, () => [span]), holidays: 'asUsual', exceptions: [] };
    await stage.edit(queue.id, { hours, accountIds: [] });
    await stage.until(() => (told()?.version ?? 0) === 2, 'the new rules');
    const at = new Date(told()!.changesAt!).getTime() - Date.now();
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThanOrEqual(24 * 60 * 60 * 1000);
  });

  it('and why one cannot be deleted', async () => {
    const queue = await stage.queue();
    const other = await stage.queue({
      overflow: { queueId: queue.id, mode: 'overlay', afterSeconds: 60, longerThan: null, whenUnstaffed: false },
    });
    await stage.waiting(queue.id, 3);
    const waiting = await stage.admin.send('DELETE', `/api/queues/${queue.id}`);
    expect(waiting.body.error.fields).toMatchObject([{ field: 'contacts', actual: 3 }]);
    await stage.world.query(`update contacts set state = 'closed', closed_at = now() where queue_id = $1`, [queue.id]);
    const target = await stage.admin.send('DELETE', `/api/queues/${queue.id}`);
    expect(target.body.error.fields![0]).toMatchObject({ field: 'overflow' });
    expect(target.body.error.fields![0]!.message).toContain(other.name);
    const twin = await stage.admin.send('POST', '/api/queues', { name: queue.name });
    expect([twin.status, twin.body.error.fields?.[0]]).toMatchObject([409, { field: 'name', rule: 'taken' }]);
  });
});
