import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '#libs/contracts/index.js';
import { ContactFlow, ThreadWriter } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account, { name: '葵' });
});
afterAll(() => world?.close());

/** Takes the conversation for 葵 and commits when it is let go. */
async function heldClaim(id: string): Promise<{ letGo: () => void; done: Promise<void> }> {
  const { app } = world.first;
  let letGo = (): void => undefined;
  const gate = new Promise<void>((open) => (letGo = open));
  let locked = (): void => undefined;
  const holds = new Promise<void>((has) => (locked = has));
  const done = app.get(Transactions).run(async (tx) => {
    const thread = await app.get(ThreadWriter).lock(tx, id);
    await app.get(ContactFlow).take(tx, thread, { agentId: aoi.view.id, name: aoi.view.name });
    await app.get(ThreadWriter).save(tx, [thread]);
    locked();
    await gate;
  });
  await holds;
  return { letGo, done };
}

async function somebodyWaits(): Promise<void> {
  await eventually(async () => {
    const waiting = await world.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  }, 'somebody to wait for the lock');
}

describe('whoever waited for a conversation', () => {
  it('knows the contact as it is now, not as it was when the waiting began', async () => {
    const customer = await world.customer(account);
    await customer.writes('質問です');
    const { id } = await aoi.conversationWith(customer);
    const { letGo, done } = await heldClaim(id);
    const { app } = world.first;
    const later = app.get(Transactions).run((tx) => app.get(ThreadWriter).lock(tx, id));
    await somebodyWaits();
    letGo();
    const [thread] = await Promise.all([later, done]);
    expect(thread).toMatchObject({ assignee_id: aoi.view.id, assignee_name: '葵', contact_state: 'active' });
    expect(thread.before).toMatchObject({ assigneeId: aoi.view.id });
  });

  it('tells every screen so', async () => {
    const customer = await world.customer(account);
    await customer.writes('質問です');
    const { id, customer: person } = await aoi.conversationWith(customer);
    const screen = await aoi.screen();
    const { letGo, done } = await heldClaim(id);
    const edit = aoi.send('PATCH', `/api/customers/${person.id}`, { name: '山田 花子' });
    await somebodyWaits();
    letGo();
    const [{ status }] = await Promise.all([edit, done]);
    expect(status).toBe(200);
    const shown = await eventually(
      () =>
        screen.heard
          .flatMap(({ name, event }) => (name === 'conversation:changed' ? [(event as ConversationEvent).row] : []))
          .findLast((row) => row?.id === id && row.customer.name === '山田 花子'),
      'the new name on the screen',
    );
    expect(shown.contact).toMatchObject({ state: 'active', assignee: { id: aoi.view.id, name: '葵' } });
    screen.close();
  });
});
