import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentRuntime } from '#libs/agents/index.js';
import { Conversations, WaitingRoom } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import type { Console } from '../../apps/console/console.js';
import { Offers } from '../../libs/routing/offers.service.js';
import { eventually } from '../support/eventually.js';
import { Random } from '../support/random.js';
import { Stage } from './stage.js';

let stage: Stage;
let other: Console;

beforeAll(async () => {
  stage = await Stage.open();
  other = await stage.world.node();
});
afterAll(() => stage?.close());

const used = async (ids: readonly string[]): Promise<number[]> =>
  (await stage.loads()).filter(({ agent_id }) => ids.includes(agent_id)).map((load) => load.used);
const queuedIn = async (queueId: string): Promise<number> =>
  (await stage.contacts(`t.queue_id = $1 and t.state = 'queued'`, [queueId])).length;

describe('a crowd', () => {
  it('of a hundred at once, for ten people with three slots: all thirty are used, nobody has four', async () => {
    const agents = await stage.paper(10);
    const queue = await stage.queue({ accountIds: [stage.account.id], agents, offerSeconds: 600 });
    await stage.arrive(100);
    await eventually(async () => (await queuedIn(queue.id)) === 70, 'thirty to be offered');
    expect(await used(agents)).toEqual(Array.from({ length: 10 }, () => 3));
    // The oldest thirty, by the order in which they were stored.
    const contacts = await stage.contacts('t.queue_id = $1', [queue.id]);
    const byAge = [...contacts].sort(
      (a, b) => a.enqueued_at.getTime() - b.enqueued_at.getTime() || Number(a.id) - Number(b.id),
    );
    const youngestOffered = Math.max(
      ...byAge.filter(({ state }) => state === 'offered').map(({ enqueued_at }) => enqueued_at.getTime()),
    );
    const oldestLeft = Math.min(
      ...byAge.filter(({ state }) => state === 'queued').map(({ enqueued_at }) => enqueued_at.getTime()),
    );
    expect(youngestOffered).toBeLessThanOrEqual(oldestLeft);
    await stage.edit(queue.id, { accountIds: [], members: [] });
  });

  it('of five hundred at two nodes: each is offered once', async () => {
    const agents = await stage.paper(200);
    const queue = await stage.queue({ accountIds: [stage.account.id], agents, offerSeconds: 600 });
    await Promise.all([stage.arrive(250), stage.arrive(250, other)]);
    await eventually(
      async () => (await stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id])).length === 500,
      'everybody to be offered',
      90_000,
    );
    const offers = await stage.world.query<{ contact_id: string; count: number }>(
      'select contact_id, count(*)::int as count from offers where queue_id = $1 group by contact_id',
      [queue.id],
    );
    expect(offers.length).toBe(500);
    expect(offers.every(({ count }) => count === 1)).toBe(true);
    expect(Math.max(...(await used(agents)))).toBeLessThanOrEqual(3);
    await stage.edit(queue.id, { accountIds: [], members: [] });
  }, 120_000);

  it('a freed slot goes to whoever waits longest', async () => {
    const [agent] = await stage.paper(1, { capacity: 1 });
    const queue = await stage.queue({ agents: [agent!] });
    const ids = await stage.waiting(queue.id, 20);
    const order: string[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const contact = await eventually(
        async () => (await stage.contacts(`t.offered_to = $1`, [agent]))[0],
        'the next offer',
      );
      order.push(contact.id);
      const [offer] = await stage.world.first.app.get(Offers).openOf(agent!);
      await stage.world.first.app.get(Offers).accept(stage.author(agent!), offer!.id);
      await stage.world.first.app.get(Conversations).close(stage.author(agent!), contact.conversation_id);
    }
    expect(order).toEqual(ids.slice(0, 5));
  });

  it('everybody is away: the first to come ready gets it, with nothing else happening', async () => {
    const agents = await stage.paper(3, { routing: 'not_ready' });
    const queue = await stage.queue({ agents });
    await stage.waiting(queue.id, 1);
    await eventually(
      async () => (await stage.contacts(`t.queue_id = $1 and t.need_key is not null`, [queue.id])).length === 1,
      'its place',
    );
    const came = Date.now();
    await stage.turns(agents[1]!, 'ready');
    await eventually(async () => (await stage.contacts('t.offered_to = $1', [agents[1]])).length === 1, 'the offer');
    expect(Date.now() - came).toBeLessThan(2_000);
  });

  it('everybody declines: it begins anew after a pause, and not at the speed of the processor', async () => {
    const agents = await stage.paper(3);
    const queue = await stage.queue({ agents });
    await stage.waiting(queue.id, 1);
    const offers = stage.world.first.app.get(Offers);
    const asked: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const contact = await eventually(
        async () => (await stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id]))[0],
        'an offer',
      );
      asked.push(contact.offered_to!);
      const [offer] = await offers.openOf(contact.offered_to!);
      await offers.decline(stage.author(contact.offered_to!), offer!.id, { reason: 'busy' });
    }
    expect([...asked].sort()).toEqual([...agents].sort());
    const all = await eventually(
      async () =>
        (await stage.contacts(`t.queue_id = $1 and t.state = 'queued' and t.need_key is not null`, [queue.id]))[0],
      'nobody left',
    );
    const made = async () => (await stage.world.query('select from offers where contact_id = $1', [all.id])).length;
    expect(await made()).toBe(3);
    // The pause is a deadline in the row like any other: put it into the past and time brings the second round.
    await stage.world.query(
      `update contacts set declined_at = now() - interval '16 seconds', due_at = now() where id = $1`,
      [all.id],
    );
    await eventually(async () => (await made()) === 4, 'the second round');
  });

  it('somebody leaves between the list and the lock: she is not chosen', async () => {
    const [leaves, stays] = await stage.paper(2);
    const queue = await stage.queue({ agents: [leaves!, stays!] });
    const { app } = stage.world.first;
    // She would be chosen first: her turn has come. Her row is held while the engine plans with what it read before.
    await stage.world.query(`update agent_runtime set last_assigned_at = now() where agent_id = $1`, [stays]);
    await stage.waiting(queue.id, 1, 1, { wake: null });
    await app.get(Transactions).run(async (tx) => {
      await app.get(AgentRuntime).lockForOffer(tx, leaves!);
      stage.wake(queue.id);
      await eventually(
        async () =>
          (
            await stage.world.query(
              `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%agent_runtime%' and datname = current_database()`,
            )
          ).length > 0,
        'the engine to wait for her row',
      );
      await app.get(AgentRuntime).setState(tx, leaves!, { routing: 'not_ready', reason: 'break' }, leaves!);
    });
    const contact = await eventually(
      async () => (await stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id]))[0],
      'the offer',
    );
    expect(contact.offered_to).toBe(stays);
    expect(await stage.world.query('select from offers where agent_id = $1', [leaves])).toEqual([]);
  });

  it('what nobody can have stops nobody behind it, however many they are', async () => {
    const [skill] = await stage.world.query<{ id: string }>(`insert into skills (name) values ('製品X') returning id`);
    const agents = await stage.paper(2);
    const both = agents.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 }));
    const hard = await stage.queue({
      members: both,
      skillSteps: [{ afterSeconds: 0, need: [{ skillId: skill!.id, level: 5 }] }],
    });
    const easy = await stage.queue({ members: both });
    await stage.waiting(hard.id, 300, 10);
    await stage.waiting(easy.id, 3);
    await eventually(async () => (await queuedIn(easy.id)) === 0, 'those that can be placed');
    expect(await queuedIn(hard.id)).toBe(300);
  });

  it('what entered a queue that is no more keeps nobody else from theirs', async () => {
    const gone = await stage.queue({ accountIds: [] });
    expect((await stage.admin.send('DELETE', `/api/queues/${gone.id}`)).status).toBe(204);
    await stage.waiting(gone.id, 600, 1, { wake: null });
    const [agent] = await stage.paper(1);
    const queue = await stage.queue({ agents: [agent!] });
    const [id] = await stage.waiting(queue.id, 1);
    await eventually(async () => (await stage.contacts('t.id = $1', [id]))[0]!.offered_to === agent, 'the offer');
    // Whoever sees them may take them; they are not lost, and no net cries out for them for ever.
    expect(await stage.contacts(`t.queue_id = $1 and t.state = 'queued'`, [gone.id])).toHaveLength(600);
    await stage.world.query(`update contacts set state = 'closed', closed_at = now() where queue_id = $1`, [gone.id]);
  });

  it('a hand and the engine reach for the same contact, hundreds of times: one of them has it', async () => {
    const [engines, ...hands] = await stage.paper(11, { capacity: 100 });
    const queue = await stage.queue({ agents: [engines!], autoAccept: true });
    const random = new Random('race');
    const { app } = stage.world.first;
    const [claims, words] = [{ won: 0, lost: 0 }, new Set<string>()];
    const rounds = Number(process.env['ROUTING_RACES'] ?? 300);
    for (let round = 0; round < rounds; round += 50) {
      await stage.world.query('update agents set capacity = capacity + 100 where id = any($1::bigint[])', [
        [engines, ...hands],
      ]);
      const node = random.pick([stage.world.first, other]);
      const ids = await stage.waiting(queue.id, 50, 1, { wake: node });
      const contacts = await stage.contacts('t.id = any($1::bigint[])', [ids]);
      await Promise.all(
        contacts.map(async ({ conversation_id: id }, index) => {
          const hand = hands[index % hands.length]!;
          await new Promise((resolve) => setTimeout(resolve, random.between(0, 60)));
          try {
            await app.get(Conversations).assign(stage.author(hand), id, hand);
            claims.won++;
          } catch (fault) {
            expect(fault).toBeInstanceOf(AppError);
            words.add((fault as AppError).code);
            claims.lost++;
          }
        }),
      );
      await eventually(
        async () => (await stage.contacts(`t.id = any($1::bigint[]) and t.state <> 'active'`, [ids])).length === 0,
        'every contact in one hand',
      );
      const open = await stage.contacts('t.id = any($1::bigint[])', [ids]);
      const rows = await stage.world.query<{ id: string; assignee_id: string }>(
        'select contact_id as id, assignee_id from conversations where contact_id = any($1::bigint[])',
        [ids],
      );
      for (const contact of open)
        expect(rows.find(({ id }) => id === contact.id)?.assignee_id).toBe(contact.assignee_id);
      const segments = await stage.world.query<{ contact_id: string }>(
        `select contact_id from segments where contact_id = any($1::bigint[]) and ended_at is null and owner_type = 'agent'`,
        [ids],
      );
      expect(segments.length).toBe(50);
    }
    expect(claims.won + claims.lost).toBe(rounds);
    expect([...words]).toEqual(['already_assigned']);
    // Both sides must have won, or nothing was raced.
    expect(claims.won).toBeGreaterThan(20);
    expect(claims.lost).toBeGreaterThan(20);
  }, 240_000);

  it('matching costs the same however many wait, and every step finds its rows by an index', async () => {
    const agents = await stage.paper(200, { capacity: 1 });
    await stage.world.query('update agents set capacity = 0 where id = any($1::bigint[])', [agents]);
    const queue = await stage.queue({ agents });
    const statements = async (count: number): Promise<number> => {
      await stage.waiting(queue.id, count);
      stage.wake(queue.id);
      await eventually(
        async () =>
          (await stage.contacts(`t.queue_id = $1 and t.state = 'queued' and t.need_key is null`, [queue.id])).length ===
          0,
        'their places',
      );
      await stage.world.query('analyze contacts');
      let counted = 0;
      const transactions = stage.world.first.app.get(Transactions);
      const before = transactions.run.bind(transactions);
      // The one transaction that places it, whatever else goes on beside it.
      transactions.run = (work) =>
        before((tx) => {
          const [query, prepared] = [tx.query.bind(tx), tx.prepared.bind(tx)];
          let own = 0;
          tx.query = (...given) => (own++, query(...given));
          tx.prepared = (...given) => {
            own++;
            if (given[0] === 'decisions.write')
              tx.beforeCommit(() => {
                counted = own;
                return { name: 'nothing', sql: 'select', params: [] };
              });
            return prepared(...given);
          };
          return work(tx);
        });
      try {
        const left = await queuedIn(queue.id);
        await stage.world.query('update agents set capacity = capacity + 1 where id = $1', [agents[0]]);
        stage.wake(queue.id);
        await eventually(async () => (await queuedIn(queue.id)) === left - 1, 'one to be offered');
        return counted;
      } finally {
        transactions.run = before;
      }
    };
    const few = await statements(20);
    const many = await statements(1_980);
    expect(many).toBe(few);
    expect(many).toBeLessThan(25);
    await stage.world.first.app.get(Transactions).run(async (tx) => {
      const plans: string[] = [];
      const query = tx.prepared.bind(tx);
      tx.prepared = async (name, sql, params) => {
        const rows = await tx.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off) ${sql}`, params);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return query(name, sql, params);
      };
      expect((await stage.world.first.app.get(WaitingRoom).heads(tx, [queue.id], 25)).length).toBe(25);
      expect(plans[0]).toContain('contacts_waiting');
      expect(plans[0]).not.toContain('Seq Scan on contacts');
    });
  }, 60_000);

  it('never needed its safety net', async () => {
    expect(await stage.overlooked()).toBe(0);
  });
});
