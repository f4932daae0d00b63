import { afterAll, beforeAll, expect, it } from 'vitest';
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

interface SendJob {
  attempts: number;
  pause: number;
}

const sendJobs = (): Promise<SendJob[]> =>
  world.query<SendJob>(
    `select attempts, extract(epoch from run_at - now())::float8 as pause from graphile_worker.jobs
     where task_identifier = 'carrier.send' and locked_at is null`,
  );

it('a message that we ourselves cannot send on now is never put off for hours', { timeout: 60_000 }, async () => {
  const customer = await world.customer(account);
  await customer.writes('こんにちは');
  const { id } = await aoi.conversationWith(customer);
  await world.query(`create sequence refusals`);
  await world.query(`create function refuse() returns trigger language plpgsql as
    $$ begin perform nextval('refusals'); raise exception 'not now'; end $$`);
  await world.query(
    `create trigger refuse before update of sending on messages for each row execute function refuse()`,
  );
  await aoi.posts(id, 'お待たせしました');
  await eventually(
    async () => {
      const [{ tries }] = (await world.query<{ tries: string }>(
        `select case when is_called then last_value else 0 end as tries from refusals`,
      )) as [{ tries: string }];
      return Number(tries) >= 4;
    },
    'four tries in vain',
    30_000,
  );
  const waiting = await eventually(async () => {
    const jobs = await sendJobs();
    return jobs.length === 1 ? jobs : null;
  }, 'the next try to be set down');
  // The runner's own pause after the fourth failure is 55 seconds, after the tenth six hours.
  expect(waiting).toEqual([{ attempts: 0, pause: expect.any(Number) as number }]);
  expect(waiting[0]!.pause).toBeLessThanOrEqual(15);
  await world.query('drop trigger refuse on messages');
  await eventually(
    async () => (await customer.sees()).some(({ from }) => from === 'bot'),
    'the message on the handset',
    25_000,
  );
});
