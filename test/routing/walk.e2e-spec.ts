import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationRow, QueueView } from '#libs/contracts/index.js';
import type { Clerk } from './clerk.js';
import { Stage } from './stage.js';

let stage: Stage;
let aoi: Clerk;
let ren: Clerk;
let queue: QueueView;

beforeAll(async () => {
  stage = await Stage.open();
  aoi = await stage.agent({ name: '葵' });
  ren = await stage.agent({ name: '蓮', ready: false });
  queue = await stage.queue({
    accountIds: [stage.account.id],
    agents: [aoi.id, ren.id],
    wrapUpSeconds: 600,
    dispositions: [{ id: 'solved', name: '解決', active: true }],
    dispositionRequired: true,
  });
});
afterAll(() => stage?.close());

/** As the database has it: an agent sees its ends. */
async function phoneOf({ customer }: ConversationRow): Promise<string> {
  const [row] = await stage.world.query<{ phone: string }>('select phone from customers where id = $1', [customer.id]);
  return row!.phone;
}

describe('a customer’s walk through a queue', () => {
  it('offer, decline, offer to the next, accept, with the reasons in writing', async () => {
    const [phone] = await stage.arrive(1);
    const offer = await aoi.offerOf(phone!);
    expect(offer).toMatchObject({
      kind: 'queue',
      queueId: queue.id,
      from: null,
      conversation: { contact: { state: 'offered', offeredTo: aoi.id, assignee: null } },
    });
    expect(Date.parse(offer.deadline) - Date.parse(offer.madeAt)).toBe(20_000);
    expect((await aoi.offers()).map(({ id }) => id)).toEqual([offer.id]);
    const enqueued = (await stage.contactOf(phone!)).enqueued_at;

    await ren.ready();
    expect((await aoi.declines(offer, 'wrongSkill')).status).toBe(204);
    expect(await aoi.ended(offer.id)).toBe('declined');
    const second = await ren.offerOf(phone!);
    expect((await stage.contactOf(phone!)).enqueued_at).toEqual(enqueued);
    expect((await aoi.accepts(offer)).body.error.code).toBe('offer_ended');

    const { status, body } = await ren.accepts(second);
    expect(status).toBe(200);
    expect(body.contact).toMatchObject({
      state: 'active',
      assignee: { id: ren.id },
      offeredTo: null,
      queueId: queue.id,
    });
    const [accepted, declined] = await ren.decisions(body.id);
    expect(declined).toMatchObject({
      path: 'engine',
      chosen: { id: aoi.id, name: '葵' },
      outcome: 'declined',
      strategy: 'spareCapacity',
    });
    expect(declined!.candidates).toMatchObject([
      { agent: { id: aoi.id }, leftOut: [], place: 1 },
      { agent: { id: ren.id, name: '蓮' }, leftOut: [{ reason: 'notReady' }], place: null },
    ]);
    expect(accepted).toMatchObject({ chosen: { id: ren.id }, outcome: 'accepted' });
    expect(accepted!.candidates[1]).toMatchObject({ agent: { id: aoi.id }, leftOut: [{ reason: 'declined' }] });
  });

  it('transfer to a person: the giver stays owner until it is accepted', async () => {
    const row = (await ren.desk.rows('mine'))[0]!;
    const asked = await ren.does('transfer', row.id, { agentId: aoi.id, note: '製品Aの件です' });
    expect(asked.body.contact).toMatchObject({ state: 'active', assignee: { id: ren.id }, offeredTo: aoi.id });
    const offer = await aoi.offerOf(await phoneOf(row));
    expect(offer).toMatchObject({ kind: 'transfer', from: { id: ren.id, name: '蓮' }, note: '製品Aの件です' });
    expect((await aoi.declines(offer)).status).toBe(204);
    expect((await ren.desk.detail(row.id)).conversation.contact).toMatchObject({
      assignee: { id: ren.id },
      offeredTo: null,
    });

    await ren.does('transfer', row.id, { agentId: aoi.id });
    const again = await stage.until(async () => (await aoi.offers())[0], 'the second offer');
    const { body } = await aoi.accepts(again);
    expect(body.contact).toMatchObject({ state: 'active', assignee: { id: aoi.id }, transfers: 1 });
    expect(await aoi.activities(row.id)).toEqual([
      'contact.accepted',
      'contact.transferOffered',
      'contact.transferDeclined',
      'contact.transferOffered',
      'contact.transferred',
    ]);
    expect((await aoi.decisions(row.id))[0]).toMatchObject({
      path: 'transfer',
      chosen: { id: aoi.id },
      by: { id: ren.id },
      outcome: 'accepted',
    });
  });

  it('hold, resume, snooze until the customer writes', async () => {
    const row = (await aoi.desk.rows('mine'))[0]!;
    expect((await aoi.does('hold', row.id)).body.contact).toMatchObject({ state: 'held' });
    expect((await ren.does('resume', row.id)).status).not.toBe(200);
    expect((await aoi.does('resume', row.id)).body.contact).toMatchObject({ state: 'active' });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const snoozed = await aoi.does('snooze', row.id, { until, owner: 'me' });
    expect(snoozed.body.contact).toMatchObject({ state: 'snoozed', assignee: { id: aoi.id }, snoozedUntil: until });
    const load = (await stage.loads()).find(({ agent_id }) => agent_id === aoi.id);
    expect(load!.used).toBe(0);
    await stage.writes(await phoneOf(row));
    await stage.until(async () => (await stage.contactOf(await phoneOf(row))).state === 'active', 'the waking');
  });

  it('wrap-up asks for a disposition, closes, and the next message begins anew', async () => {
    const row = (await aoi.desk.rows('mine'))[0]!;
    await aoi.desk.posts(row.id, 'ありがとうございました');
    const wrapping = await aoi.desk.closes(row.id);
    expect(wrapping.body.contact).toMatchObject({ state: 'wrapup', assignee: { id: aoi.id } });
    expect((await aoi.desk.detail(row.id)).may).toMatchObject({ finish: true, hold: false, transfer: false });
    const refused = await aoi.does('done', row.id, {});
    expect(refused.body.error.fields).toMatchObject([{ field: 'dispositionId', rule: 'required' }]);
    const done = await aoi.does('done', row.id, { dispositionId: 'solved', note: '案内済み' });
    expect(done.body.contact).toBeNull();
    const first = await stage.contactOf(await phoneOf(row));
    expect(first).toMatchObject({ state: 'closed', close_reason: 'agent' });
    await stage.writes(await phoneOf(row), 'また質問です');
    const next = await stage.until(async () => {
      const latest = await stage.contactOf(await phoneOf(row));
      return latest.id !== first.id && latest.state === 'offered' && latest;
    }, 'the new contact to be offered');
    expect(next.assignee_id).toBeNull();
  });
});
