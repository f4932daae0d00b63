import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversations } from '#libs/conversations/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import type { Console } from '../../apps/console/console.js';
import { ContactActs } from '../../libs/routing/contact-acts.js';
import { Matcher } from '../../libs/routing/matcher.js';
import { Offers } from '../../libs/routing/offers.service.js';
import { QueueStore } from '../../libs/routing/queue-store.js';
import { eventually } from '../support/eventually.js';
import { Stage } from './stage.js';

/** Days drawn at random; a failing one is printed with its seed. */
const DAYS = Number(process.env['ROUTING_DAYS'] ?? 60);

let stage: Stage;
let nodes: Console[];

beforeAll(async () => {
  stage = await Stage.open();
  nodes = [stage.world.first, await stage.world.node()];
});
afterAll(() => stage?.close());

type Act =
  | { do: 'arrive'; queue: number; count: number; priority: 'urgent' | 'normal' | 'low' }
  | { do: 'accept' | 'decline' | 'claim' | 'close' | 'return' | 'hold' | 'transfer'; agent: number; pick: number }
  | { do: 'turn'; agent: number; routing: 'ready' | 'not_ready' };

const agentAct = fc.record({
  do: fc.constantFrom(
    'accept' as const,
    'accept' as const,
    'decline' as const,
    'claim' as const,
    'close' as const,
    'close' as const,
    'return' as const,
    'hold' as const,
    'transfer' as const,
  ),
  agent: fc.nat(3),
  pick: fc.nat(20),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      queue: fc.nat(1),
      count: fc.integer({ min: 1, max: 4 }),
      priority: fc.constantFrom('urgent' as const, 'normal' as const, 'low' as const),
    }),
  },
  { weight: 6, arbitrary: agentAct },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      agent: fc.nat(3),
      routing: fc.constantFrom('ready' as const, 'ready' as const, 'not_ready' as const),
    }),
  },
);
const day = fc.record({
  capacities: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
  strategies: fc.array(
    fc.constantFrom(
      'longestIdle' as const,
      'spareCapacity' as const,
      'relativeLoad' as const,
      'roundRobin' as const,
      'bestSkill' as const,
    ),
    { minLength: 2, maxLength: 2 },
  ),
  ranks: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 }),
  autoAccept: fc.boolean(),
  /** What happens at the same time, one round after the other. */
  rounds: fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
});

/** Refusals are part of the game; anything else is a fault. */
async function tried(work: Promise<unknown>): Promise<void> {
  await work.catch((fault: unknown) => {
    if (!(fault instanceof AppError) || fault.status >= 500) throw fault;
  });
}

describe('days at random, on two nodes', () => {
  it(`${DAYS} of them: the rules hold at every moment`, async () => {
    await fc.assert(
      fc.asyncProperty(day, async ({ capacities, strategies, ranks, autoAccept, rounds }) => {
        const agents: string[] = [];
        for (const capacity of capacities) agents.push(...(await stage.paper(1, { capacity })));
        const queues = await Promise.all(
          strategies.map((strategy, at) =>
            stage.queue({
              strategy,
              autoAccept: autoAccept && at === 0,
              offerSeconds: 600,
              members: agents.flatMap((agentId, index) => {
                const rank = ranks[at * 4 + index]!;
                return rank === 0 ? [] : [{ agentId, rank, delaySeconds: 0 }];
              }),
            }),
          ),
        );
        const queueIds = queues.map(({ id }) => id);
        for (const round of rounds) {
          await Promise.all(round.map((each, index) => perform(each, index, agents, queueIds)));
          await everythingHolds(agents, queueIds);
        }
        await nobodyWaitsForAFreeHand(queueIds);
        await everythingHolds(agents, queueIds);
        await nobodyIneligibleWasAsked(queueIds);
        await stage.world.query(`update agent_runtime set routing = 'not_ready' where agent_id = any($1::bigint[])`, [
          agents,
        ]);
        await stage.world.query('delete from queue_members where queue_id = any($1::bigint[])', [queueIds]);
      }),
      {
        numRuns: DAYS,
        endOnFailure: true,
        ...(process.env['ROUTING_SEED'] ? { seed: Number(process.env['ROUTING_SEED']) } : {}),
      },
    );
    expect(await stage.overlooked()).toBe(0);
  }, 900_000);
});

async function perform(
  each: Act,
  index: number,
  agents: readonly string[],
  queueIds: readonly string[],
): Promise<void> {
  const { app } = nodes[index % 2]!;
  if (each.do === 'arrive') {
    const queueId = queueIds[each.queue]!;
    await stage.waiting(queueId, each.count, 1, { priority: each.priority, wake: nodes[index % 2]! });
    return;
  }
  const agentId = agents[each.agent % agents.length]!;
  if (each.do === 'turn') return stage.turns(agentId, each.routing, nodes[index % 2]!);
  const author = stage.author(agentId);
  const offers = app.get(Offers);
  const pick = <T>(list: readonly T[]): T | undefined => list[each.pick % Math.max(1, list.length)];
  if (each.do === 'accept' || each.do === 'decline') {
    const offer = pick(await offers.openOf(agentId));
    if (!offer) return;
    return tried(
      each.do === 'accept' ? offers.accept(author, offer.id) : offers.decline(author, offer.id, { reason: 'busy' }),
    );
  }
  if (each.do === 'claim') {
    const contact = pick(
      await stage.contacts(`t.queue_id = any($1::bigint[]) and t.state in ('queued', 'offered')`, [queueIds]),
    );
    return contact && tried(app.get(Conversations).assign(author, contact.conversation_id, agentId));
  }
  const held = pick(await stage.contacts(`t.assignee_id = $1 and t.closed_at is null`, [agentId]));
  if (!held) return;
  const id = held.conversation_id;
  switch (each.do) {
    case 'close':
      return tried(app.get(Conversations).close(author, id));
    case 'return':
      return tried(app.get(Conversations).assign(author, id, null));
    case 'hold':
      return tried(app.get(ContactActs).hold(author, id));
    case 'transfer':
      return tried(
        each.pick % 2 === 0
          ? app.get(ContactActs).transfer(author, id, { agentId: agents[each.pick % agents.length]! })
          : app.get(ContactActs).transfer(author, id, { queueId: queueIds[each.pick % queueIds.length]! }),
      );
  }
}

/** One owner each, nobody over capacity, and every book tells the same. One statement, so of one moment. */
async function everythingHolds(agents: readonly string[], queueIds: readonly string[]): Promise<void> {
  const [broken] = await stage.world.query<Record<string, unknown[]>>(
    `select
       array(select a.id from agents a where a.id = any($1::bigint[]) and a.capacity < (
         select coalesce(sum(t.weight), 0) from contacts t where (t.assignee_id = a.id and t.state in ('active', 'held', 'wrapup'))
           or t.offered_to = a.id)) as over_capacity,
       array(select t.id from contacts t where t.queue_id = any($2::bigint[]) and not case t.state
         when 'queued' then t.assignee_id is null and t.offered_to is null
         when 'offered' then t.assignee_id is null and t.offered_to is not null
         when 'active' then t.assignee_id is not null
         when 'held' then t.assignee_id is not null
         else true end) as owners,
       array(select t.id from contacts t join conversations c on c.id = t.conversation_id
         where t.queue_id = any($2::bigint[]) and t.closed_at is null
           and (c.contact_id is distinct from t.id or c.assignee_id is distinct from t.assignee_id)) as conversations,
       array(select t.id from contacts t where t.queue_id = any($2::bigint[]) and (
         select count(*) from offers o where o.contact_id = t.id and o.outcome is null) <> (t.offered_to is not null)::int) as offers,
       array(select t.id from contacts t where t.queue_id = any($2::bigint[]) and t.closed_at is null and (
         select count(*) from segments s where s.contact_id = t.id and s.ended_at is null
           and s.owner_type = case when t.assignee_id is null then 'queue' else 'agent' end) <> 1) as segments`,
    [agents, queueIds],
  );
  expect(broken).toEqual({ over_capacity: [], owners: [], conversations: [], offers: [], segments: [] });
}

async function nobodyWaitsForAFreeHand(queueIds: readonly string[]): Promise<void> {
  const { app } = stage.world.first;
  const book = await app.get(QueueStore).current();
  const components = new Set(queueIds.map((id) => book.component(id)));
  await eventually(
    async () => {
      for (const ids of components) if ((await app.get(Matcher).look(book, ids)).length > 0) return false;
      return true;
    },
    'nobody to wait for whom somebody eligible has room',
    2_000,
  );
}

/** By the log of her states, which is written under the same lock as the offer. */
async function nobodyIneligibleWasAsked(queueIds: readonly string[]): Promise<void> {
  const asked = await stage.world.query(
    `select d.id from decisions d, lateral (
       select l.to_state from agent_state_log l
       where l.agent_id = d.agent_id and l.layer = 'routing' and l.at < d.at order by l.id desc limit 1) was
     where d.queue_id = any($1::bigint[]) and d.path = 'engine' and was.to_state = 'not_ready'`,
    [queueIds],
  );
  expect(asked).toEqual([]);
}
