import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRequest, usualPlan, type Plan } from '../../bench/simulation/plan.js';
import { gini, resultOf, type Books, type Result } from '../../bench/simulation/results.js';
import { simulate } from '../../bench/simulation/simulate.js';
import { freshDatabase } from '../support/postgres.js';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-simulation-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const busy: Plan = {
  ...usualPlan,
  agents: 10,
  rate: 12,
  minutes: 4,
  seed: 7,
  capacity: [1, 4],
  handling: 100,
  wrapUp: 10,
  patience: 60,
  declined: 0.1,
  unanswered: 0.05,
};

async function played(plan: Plan): Promise<{ result: Result; books: Books }> {
  const database = await freshDatabase();
  try {
    return await simulate(plan, database.url, dataDir);
  } finally {
    await database.drop();
  }
}

function expectSound({ offered, answered, abandoned, waiting, offers, overCapacity }: Result): void {
  expect(offered).toBe(answered + abandoned + waiting);
  expect(overCapacity).toBe(0);
  const { made, accepted, declined, expired, withdrawn, open } = offers;
  expect(made).toBe(accepted + declined + expired + withdrawn + open);
  expect(accepted).toBe(answered);
}

/** Of all contacts, those that went to whoever has three slots or more. */
function shareOfLarge({ agents, held }: Books): number {
  const large = agents.filter(({ capacity }) => capacity >= 3).map(({ id }) => id);
  return held.filter(({ agentId }) => large.includes(agentId)).length / held.length;
}

describe('some minutes on the real engine, by a clock of their own', () => {
  it('too few people: customers leave, nobody is given too much, nobody is lost; the same seed, the same day', async () => {
    const plan = { ...busy, agents: 4, asking: 0.3, urgent: 0.1, high: 0.2 };
    const [first, second] = [await played(plan), await played(plan)];
    expectSound(first.result);
    expect(first.result.offered).toBeGreaterThan(40);
    expect(first.result.abandoned).toBeGreaterThan(0);
    expect(first.result.offers.declined).toBeGreaterThan(0);
    expect(first.result.offers.expired).toBeGreaterThan(0);
    expect(second.books).toEqual(first.books);
    const { result: enough } = await played({ ...plan, agents: 20 });
    expectSound(enough);
    expect(enough.offered).toBe(first.result.offered);
    expect(enough.asa!).toBeLessThan(first.result.asa!);
    expect(enough.serviceLevel!).toBeGreaterThan(first.result.serviceLevel!);
    expect(enough.occupancy).toBeLessThan(first.result.occupancy);
  }, 120_000);

  it('strategies differ as they should: spare capacity gives most to who has most slots, turns give everybody the same', async () => {
    // Half of the slots are free on average: where nearly all are full, there is nothing to choose.
    const plan = { ...busy, agents: 12, handling: 60, declined: 0, unanswered: 0 };
    const spare = await played({ ...plan, strategy: 'spareCapacity' });
    const turns = await played({ ...plan, strategy: 'roundRobin' });
    for (const { result } of [spare, turns]) expectSound(result);
    expect(turns.result.offered).toBe(spare.result.offered);
    expect(turns.result.gini).toBeLessThan(spare.result.gini);
    expect(shareOfLarge(turns.books)).toBeLessThan(shareOfLarge(spare.books));
  }, 120_000);

  it('where nobody is asked, everybody is served at once', async () => {
    const { result } = await played({ ...busy, agents: 30, minutes: 2, autoAccept: true });
    expectSound(result);
    expect(result.answered).toBe(result.offered);
    expect(result.longestWait).toBe(0);
  });
});

describe('what is said of a day', () => {
  const at = (seconds: number): number => seconds * 1000;
  const told = { enqueuedAt: 0, acceptedAt: null, repliedAt: null, abandonedAt: null, closedAt: null };
  const books: Books = {
    begins: 0,
    ends: at(100),
    agents: [
      { id: '1', capacity: 1 },
      { id: '2', capacity: 2 },
    ],
    contacts: [
      { ...told, acceptedAt: at(10), repliedAt: at(30), closedAt: at(60) },
      { ...told, acceptedAt: at(20), repliedAt: at(70) },
      { ...told, abandonedAt: at(50), closedAt: at(50) },
      // Left at once; and one who may still be served in time.
      { ...told, abandonedAt: at(3), closedAt: at(3) },
      { ...told, enqueuedAt: at(80) },
    ],
    held: [
      { agentId: '1', from: at(10), to: at(60), weight: 1 },
      { agentId: '2', from: at(20), to: null, weight: 1 },
    ],
    asked: [
      { agentId: '1', from: at(5), to: at(10), weight: 1, outcome: 'accepted' },
      { agentId: '1', from: at(60), to: at(80), weight: 1, outcome: 'expired' },
      { agentId: '2', from: at(15), to: at(20), weight: 1, outcome: 'accepted' },
    ],
  };

  it('is counted by the formulas', () => {
    expect(resultOf(books, usualPlan)).toEqual({
      strategy: 'spareCapacity',
      offered: 5,
      answered: 2,
      abandoned: 2,
      waiting: 1,
      // One of three decided: the second was answered late, the third left.
      serviceLevel: 100 / 3,
      asa: 15,
      waitP50: 10,
      waitP90: 20,
      longestWait: 50,
      firstReply: 50,
      occupancy: (100 * (50 + 80)) / 300,
      most: 1,
      fewest: 1,
      gini: 0,
      loadGini: gini([0.5, 0.4]),
      offers: { made: 3, accepted: 2, declined: 0, expired: 1, withdrawn: 0, open: 0 },
      overCapacity: 0,
    });
    const accept = { ...usualPlan, target: { percent: 80, seconds: 60, basis: 'accept' as const } };
    expect(resultOf(books, accept).serviceLevel).toBe(200 / 3);
  });

  it('one slot too many would be seen', () => {
    const over = { ...books, held: [...books.held, { agentId: '1', from: at(59), to: at(61), weight: 1 }] };
    expect(resultOf(over, usualPlan).overCapacity).toBe(1);
  });

  it('Gini: 0 when all have the same, nearly 1 when one has everything', () => {
    expect(gini([3, 3, 3])).toBe(0);
    expect(gini([0, 0, 0, 8])).toBe(0.75);
    expect(gini([])).toBe(0);
  });
});

describe('what may be asked for', () => {
  it('everything has a usual value; what cannot be used is named', () => {
    expect(readRequest([]).plans).toEqual([usualPlan]);
    expect(readRequest(['--agents', '50', '--rate', '5', '--seed', '7']).plans[0]).toMatchObject({
      agents: 50,
      seed: 7,
    });
    expect(readRequest(['--compare', '--json'])).toMatchObject({ json: true });
    expect(readRequest(['--compare', '--json']).plans.map(({ strategy }) => strategy)).toHaveLength(5);
    expect(readRequest(['--compare', 'roundRobin,bestSkill']).plans).toHaveLength(2);
    expect(readRequest(['--patience', 'none', '--capacity', '2-4']).plans[0]).toMatchObject({
      patience: null,
      capacity: [2, 4],
    });
    expect(() => readRequest(['--rate', 'five'])).toThrow('--rate must be a number from 0.01 to 1000, not five');
    expect(() => readRequest(['--strategy', 'best'])).toThrow('there is no strategy best');
    expect(() => readRequest(['--declined', '0.8', '--unanswered', '0.3'])).toThrow('more than all offers');
  });
});
