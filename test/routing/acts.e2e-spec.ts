import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '#libs/contracts/index.js';
import type { Clerk } from './clerk.js';
import { Stage } from './stage.js';

let stage: Stage;
let aoi: Clerk;
let ren: Clerk;

beforeAll(async () => {
  stage = await Stage.open();
  aoi = await stage.agent({ name: '葵', capacity: 1 });
  ren = await stage.agent({ name: '蓮', ready: false });
  await stage.queue({ accountIds: [stage.account.id], agents: [aoi.id, ren.id] });
});
afterAll(() => stage?.close());

/** A customer whom she serves. */
async function served(): Promise<string> {
  const [phone] = await stage.arrive(1);
  const { body } = await aoi.accepts(await aoi.offerOf(phone!));
  return body.id;
}

describe('what is done by hand', () => {
  it('a question that is taken back is told to every screen, and written down', async () => {
    const id = await served();
    await ren.ready();
    expect((await aoi.does('transfer', id, { agentId: ren.id })).body.contact).toMatchObject({ offeredTo: ren.id });
    const [offer] = await ren.offers();
    const answer = await aoi.desk.send('DELETE', `/api/conversations/${id}/transfer`);
    expect(answer.status).toBe(200);
    expect(await ren.ended(offer!.id)).toBe('withdrawn');
    await stage.until(
      () =>
        ren.screen.heard
          .filter(({ name }) => name === 'conversation:changed')
          .map(({ event }) => event as ConversationEvent)
          .findLast((event) => event.id === id)?.row?.contact?.offeredTo === null,
      'the other screen to hear that nobody is asked',
    );
    expect((await aoi.activities(id)).at(-1)).toBe('contact.transferCancelled');
    await ren.state('not_ready', 'break');
    await aoi.desk.closes(id);
  });

  it('whoever takes up again what she had put aside has it, also while she is away', async () => {
    const id = await served();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await aoi.does('snooze', id, { until, owner: 'me' });
    await aoi.state('not_ready', 'meeting');
    expect((await aoi.does('resume', id)).body.contact).toMatchObject({
      state: 'active',
      assignee: { id: aoi.id },
      snoozedUntil: null,
    });
    expect((await aoi.activities(id)).at(-1)).toBe('contact.resumed');

    await aoi.does('snooze', id, { until, owner: 'me' });
    await aoi.ready();
    await served();
    const refused = await aoi.does('resume', id);
    expect(refused.status).toBe(409);
    expect(refused.body.error.code).toBe('over_capacity');
    expect((await aoi.desk.detail(id)).conversation.contact).toMatchObject({ state: 'snoozed' });
  });
});
