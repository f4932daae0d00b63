import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Stage } from './stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ agentGraceSeconds: 1 });
});
afterAll(() => stage?.close());

const only = { accountIds: [] as string[] };
const offeredTo = (queueId: string, agentId: string) =>
  eventually(
    async () => (await stage.contacts('t.queue_id = $1 and t.offered_to = $2', [queueId, agentId]))[0],
    'the offer',
  );

describe('what time alone brings about', () => {
  it('skills are asked for less after a while, and whoever has fewer is asked then', async () => {
    const [skill] = await stage.world.query<{ id: string }>(`insert into skills (name) values ('英語') returning id`);
    const [agent] = await stage.paper(1);
    const queue = await stage.queue({
      ...only,
      agents: [agent!],
      skillSteps: [
        { afterSeconds: 0, need: [{ skillId: skill!.id, level: 3 }] },
        { afterSeconds: 2, need: [] },
      ],
    });
    await stage.waiting(queue.id, 1);
    const contact = await offeredTo(queue.id, agent!);
    const [offer] = await stage.world.query<{ made_at: Date }>('select made_at from offers where contact_id = $1', [
      contact.id,
    ]);
    const waited = offer!.made_at.getTime() - contact.enqueued_at.getTime();
    expect(waited).toBeGreaterThanOrEqual(2_000);
    expect(waited).toBeLessThan(3_000);
  });

  it('another queue helps out after a while; or takes it over, and is not counted twice', async () => {
    const [helper] = await stage.paper(1);
    const help = await stage.queue({ ...only, agents: [helper!] });
    const rule = { queueId: help.id, longerThan: null, whenUnstaffed: false };
    const overlay = await stage.queue({ ...only, overflow: { ...rule, mode: 'overlay', afterSeconds: 1 } });
    await stage.waiting(overlay.id, 1);
    const stays = await offeredTo(overlay.id, helper!);
    expect(stays.queue_id).toBe(overlay.id);

    const moving = await stage.queue({ ...only, overflow: { ...rule, mode: 'move', afterSeconds: 1 } });
    const [id] = await stage.waiting(moving.id, 1);
    const moved = await offeredTo(help.id, helper!);
    expect(moved.id).toBe(id);
    const segments = await stage.world.query<{ owner_id: string; end_reason: string | null }>(
      'select owner_id, end_reason from segments where contact_id = $1 order by id',
      [id],
    );
    expect(segments).toMatchObject([
      { owner_id: moving.id, end_reason: 'overflowed' },
      { owner_id: help.id, end_reason: null },
    ]);
  });

  it('an offer nobody answers goes to the next; she is asked nothing more until she resumes', async () => {
    const aoi = await stage.agent({ name: '葵' });
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id], offerSeconds: 5 });
    const [phone] = await stage.arrive(1);
    const offer = await aoi.offerOf(phone!);
    await stage.world.query(`update offers set deadline = now() where id = $1`, [offer.id]);
    await stage.world.query(`update contacts set due_at = now() where id = $1`, [offer.contactId]);
    expect(await aoi.ended(offer.id)).toBe('expired');
    await stage.until(async () => (await stage.state(aoi.id))?.not_responding, 'to be not responding');
    expect((await stage.contactOf(phone!)).state).toBe('queued');
    expect(await aoi.offers()).toEqual([]);
    await aoi.resumes();
    const again = await aoi.offerOf(phone!);
    expect(again.id).not.toBe(offer.id);
    await aoi.accepts(again);
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('a closed laptop: offers are withdrawn, whoever waits for an answer goes back with the first enqueuing', async () => {
    const [aoi, ren] = [await stage.agent({ name: '葵' }), await stage.agent({ name: '蓮', ready: false })];
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id, ren.id], offerSeconds: 600 });
    const [answered] = await stage.arrive(1);
    const first = (await aoi.accepts(await aoi.offerOf(answered!))).body;
    await aoi.desk.posts(first.id, 'ご案内します');
    const [unanswered] = await stage.arrive(1);
    const second = (await aoi.accepts(await aoi.offerOf(unanswered!))).body;
    const [asked] = await stage.arrive(1);
    const offer = await aoi.offerOf(asked!);
    const before = await stage.contactOf(unanswered!);

    aoi.vanishes();
    await stage.until(
      async () => (await stage.contactOf(unanswered!)).state === 'queued',
      'the unanswered one to be back',
    );
    await stage.until(async () => (await stage.contactOf(asked!)).state === 'queued', 'the offer to be withdrawn');
    const back = await stage.contactOf(unanswered!);
    expect(back).toMatchObject({
      id: before.id,
      enqueued_at: before.enqueued_at,
      assignee_id: null,
      queue_id: queue.id,
    });
    const [ended] = await stage.world.query<{ outcome: string }>('select outcome from offers where id = $1', [
      offer.id,
    ]);
    expect(ended!.outcome).toBe('withdrawn');
    expect(await ren.activities(second.id)).toContain('contact.agentGone');
    // What she had answered stays hers until the customer speaks.
    expect(await stage.contactOf(answered!)).toMatchObject({ state: 'active', assignee_id: aoi.id });
    await stage.writes(answered!, 'もう一つ');
    await stage.until(async () => (await stage.contactOf(answered!)).state === 'queued', 'the answered one to be back');
    await ren.ready();
    await stage.until(async () => (await ren.offers()).length === 3, 'all three offered to the colleague');
    await stage.edit(queue.id, { accountIds: [], members: [] });
  });

  it('a silent customer: a warning first, then the end, with the text; no such end when she writes', async () => {
    const aoi = await stage.agent({ name: '葵' });
    const queue = await stage.queue({
      accountIds: [stage.account.id],
      agents: [aoi.id],
      inactivity: { closeAfterSeconds: 60, warnSeconds: 59, text: 'お返事がないため終了いたします。' },
    });
    const customer = await stage.world.customer(stage.account);
    await customer.writes('質問です');
    const row = (await aoi.accepts(await aoi.offerOf(customer.phone))).body;
    await aoi.desk.posts(row.id, 'いかがでしょうか');
    await stage.until(async () => (await aoi.activities(row.id)).includes('contact.inactivityWarned'), 'the warning');
    const warned = (await aoi.desk.detail(row.id)).conversation.contact!;
    expect(Date.parse(warned.closesAt!)).toBeGreaterThan(Date.now());
    await customer.writes('まだいます');
    await stage.until(
      async () => (await aoi.desk.detail(row.id)).conversation.contact?.closesAt === null,
      'the end to be called off',
    );
    await aoi.desk.posts(row.id, '承知しました');
    await stage.until(
      async () => (await aoi.desk.detail(row.id)).conversation.contact?.closesAt !== null,
      'the second warning',
    );
    await stage.world.query(`update contacts set closes_at = now(), due_at = now() where id = $1`, [row.contact!.id]);
    await stage.until(async () => (await stage.contactOf(customer.phone)).close_reason === 'inactivity', 'the end');
    expect((await customer.received(3)).at(-1)!.content.text).toBe('お返事がないため終了いたします。');
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('a snoozed contact wakes at its time: hers if she has room, otherwise hers first in the queue', async () => {
    const aoi = await stage.agent({ name: '葵', capacity: 1 });
    const queue = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id] });
    const [phone] = await stage.arrive(1);
    const row = (await aoi.accepts(await aoi.offerOf(phone!))).body;
    const until = new Date(Date.now() + 1_500).toISOString();
    expect((await aoi.does('snooze', row.id, { until, owner: 'me' })).status).toBe(200);
    await stage.until(async () => (await stage.contactOf(phone!)).state === 'active', 'it to wake in her hand');
    expect(
      (await aoi.does('snooze', row.id, { until: new Date(Date.now() + 1_500).toISOString(), owner: 'me' })).status,
    ).toBe(200);
    const [next] = await stage.arrive(1);
    await aoi.accepts(await aoi.offerOf(next!));
    await stage.until(async () => (await stage.contactOf(phone!)).state === 'queued', 'it to wake in the queue');
    expect((await stage.contactOf(phone!)).assignee_id).toBeNull();
    await stage.edit(queue.id, { accountIds: [] });
  });

  it('never needed its safety net', async () => {
    expect(await stage.overlooked()).toBe(0);
  });
});
