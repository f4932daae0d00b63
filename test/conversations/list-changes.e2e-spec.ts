import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationChanges, ConversationPage } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account);
});

afterAll(() => world?.close());

const page = (desk = aoi): Promise<ConversationPage> => desk.get('/api/conversations?view=all&order=newest');
const changes = (since: string, desk = aoi): Promise<ConversationChanges> =>
  desk.get(`/api/conversations/changes?since=${since}&known=`);

async function writes(text: string): Promise<void> {
  const customer = await world.customer(account);
  await customer.writes(text);
  await eventually(async () => (await page()).rows.some((row) => row.lastMessage?.preview === text), text);
}

describe('what changed since a list was read', () => {
  it('is told once per conversation, to those who may see it', async () => {
    const other = await world.account();
    const stranger = await world.agent(other);
    const [{ feed }, elsewhere] = [await page(), await page(stranger)];
    await writes('一つ目');
    await writes('二つ目');
    const told = await changes(feed);
    expect(told.complete).toBe(true);
    expect(told.rows.map((row) => row.lastMessage?.preview).sort()).toEqual(['一つ目', '二つ目']);
    expect(await changes(elsewhere.feed, stranger)).toMatchObject({ rows: [], complete: true });
    expect((await changes(told.feed)).rows).toEqual([]);
  });

  it('is not claimed to be all once some of it was dropped', async () => {
    const before = await page();
    await writes('昔のこと');
    await world.query(`update list_changes set at = now() - interval '7 hours'`);
    await world.query(`select graphile_worker.add_job('conversations.list-changes')`);
    await eventually(
      async () => (await world.query('select from list_changes')).length === 0,
      'what is old to be dropped',
    );
    expect(await changes(before.feed)).toMatchObject({ rows: [], complete: false });
    const { feed } = await page();
    await writes('今のこと');
    const told = await changes(feed);
    expect(told).toMatchObject({ complete: true, rows: [{ lastMessage: { preview: '今のこと' } }] });
  });
});
