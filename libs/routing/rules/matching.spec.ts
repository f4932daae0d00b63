import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strategies, type Priority, type Strategy } from '#libs/contracts/index.js';
import { leftOut } from './eligibility.js';
import { match } from './matching.js';
import { compareStandings, standingOf } from './next-contact.js';
import type { Seat } from './seat.js';
import { contact, members, NOW, queue, sceneOf, seat, stage } from './stage.fixture.js';
import { effectiveAt, type Queue, type WaitingContact } from './waiting-contact.js';
import { usualRules } from '../usual-rules.js';

function run(queues: Queue[], seats: Seat[], waiting: WaitingContact[], limit = 1000) {
  return match(waiting, seats, stage(queues, seats, waiting), limit);
}

function pairs(queues: Queue[], seats: Seat[], waiting: WaitingContact[]): string[] {
  return run(queues, seats, waiting).map((each) => `${each.contact.id}>${each.agentId}`);
}

describe('who gets what', () => {
  it('the oldest first, and a higher priority ahead by its head start only', () => {
    const its = [queue('q', { members: members('1') })];
    const one = [seat('1', { capacity: 1 })];
    expect(pairs(its, one, [contact('1', 'q', { waited: 10 }), contact('2', 'q', { waited: 20 })])).toEqual(['2>1']);
    const high = contact('3', 'q', { waited: 5, priority: 'high' });
    expect(pairs(its, one, [contact('1', 'q', { waited: 100 }), high])).toEqual(['3>1']);
    expect(pairs(its, one, [contact('1', 'q', { waited: 200 }), high])).toEqual(['1>1']);
  });

  it.each<[Strategy, string, Seat[]]>([
    ['spareCapacity', '2', [seat('1', { used: 1 }), seat('2', { lastAssignedAt: NOW })]],
    ['spareCapacity', '2', [seat('1', { lastAssignedAt: 20 }), seat('2', { lastAssignedAt: 10 })]],
    ['relativeLoad', '1', [seat('1', { capacity: 10, used: 3 }), seat('2', { capacity: 2, used: 1 })]],
    ['roundRobin', '2', [seat('1', { lastAssignedAt: 20 }), seat('2', { used: 2, lastAssignedAt: 10 })]],
    ['longestIdle', '2', [seat('1', { used: 1 }), seat('2', { lastContactEndedAt: NOW })]],
    ['longestIdle', '1', [seat('1', { lastContactEndedAt: 10 }), seat('2', { lastContactEndedAt: 20 })]],
    [
      'bestSkill',
      '2',
      [seat('1', { skills: new Map([['7', 3]]) }), seat('2', { used: 2, skills: new Map([['7', 5]]) })],
    ],
  ])('%s chooses agent %s', (strategy, chosen, seats) => {
    const its = queue('q', {
      members: members('1', '2'),
      strategy,
      skillSteps: [{ afterSeconds: 0, need: strategy === 'bestSkill' ? [{ skillId: '7', level: 1 }] : [] }],
    });
    expect(run([its], seats, [contact('1', 'q')])[0]?.agentId).toBe(chosen);
  });

  it('an agent takes from the queue of the lower rank first, unless somebody waited beyond the guard', () => {
    const ranked = (rank: number, id: string) => queue(id, { members: [{ agentId: '1', rank, delaySeconds: 0 }] });
    const queues = [ranked(1, 'a'), ranked(2, 'b')];
    const one = [seat('1', { capacity: 1 })];
    expect(pairs(queues, one, [contact('1', 'a', { waited: 1 }), contact('2', 'b', { waited: 500 })])).toEqual(['1>1']);
    expect(pairs(queues, one, [contact('1', 'a', { waited: 1 }), contact('2', 'b', { waited: 601 })])).toEqual(['2>1']);
  });

  it('her own customer first, while the window is open', () => {
    const its = [
      queue('q', { members: members('1', '2'), sticky: { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 } }),
    ];
    const back = contact('2', 'q', { waited: 5, preferred: { agentId: '2', since: NOW - 5000 } });
    expect(
      pairs(its, [seat('1', { capacity: 1 }), seat('2', { capacity: 1 })], [contact('1', 'q', { waited: 30 }), back]),
    ).toEqual(['1>1', '2>2']);
  });

  it('what nobody can have stops nobody behind it', () => {
    const its = [
      queue('q', { members: members('1') }),
      queue('r', { members: members('1'), skillSteps: [{ afterSeconds: 0, need: [{ skillId: '7', level: 5 }] }] }),
    ];
    expect(pairs(its, [seat('1')], [contact('1', 'r', { waited: 999 }), contact('2', 'q')])).toEqual(['2>1']);
  });

  it('begins anew after a pause when everybody who could has declined', () => {
    const its = [queue('q', { members: members('1', '2') })];
    const declined = (ago: number) => contact('1', 'q', { declinedBy: ['1', '2'], declinedAt: NOW - ago });
    expect(pairs(its, [seat('1'), seat('2')], [declined(14_999)])).toEqual([]);
    expect(run(its, [seat('1'), seat('2')], [declined(15_000)])).toMatchObject([{ anew: true }]);
    // Somebody who has not been asked is merely full: no second round yet.
    expect(pairs(its, [seat('1'), seat('2'), seat('3', { used: 3 })], [declined(60_000)])).toEqual(['1>1']);
    const withThird = [queue('q', { members: members('1', '2', '3') })];
    expect(pairs(withThird, [seat('1'), seat('2'), seat('3', { used: 3 })], [declined(60_000)])).toEqual([]);
  });

  it('says why her and why not him', () => {
    const its = [queue('q', { members: members('1', '2', '3') })];
    const [decision] = run(
      its,
      [seat('1'), seat('2', { used: 1 }), seat('3', { routing: 'not_ready' })],
      [contact('1', 'q')],
    );
    expect(decision!.candidates).toMatchObject([
      { agentId: '1', place: 1, leftOut: [], score: [{ key: 'lastAgent' }, { key: 'freeSlots', value: -3 }, {}, {}] },
      { agentId: '2', place: 2, leftOut: [] },
      { agentId: '3', place: null, leftOut: [{ reason: 'notReady' }] },
    ]);
  });
});

const priority = fc.constantFrom<Priority>('urgent', 'high', 'normal', 'low');
const world = fc
  .record({
    agents: fc.array(
      fc.record({
        capacity: fc.integer({ min: 0, max: 4 }),
        used: fc.integer({ min: 0, max: 4 }),
        connection: fc.constantFrom(
          'connected' as const,
          'connected' as const,
          'grace' as const,
          'disconnected' as const,
        ),
        routing: fc.constantFrom('ready' as const, 'ready' as const, 'not_ready' as const),
        notResponding: fc.constantFrom(false, false, true),
        skill: fc.integer({ min: 0, max: 5 }),
        accounts: fc.subarray(['1', '2'], { minLength: 1 }),
        lastAssignedAt: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    queues: fc.array(
      fc.record({
        strategy: fc.constantFrom(...strategies),
        level: fc.integer({ min: 0, max: 4 }),
        ranks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
        overlay: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    contacts: fc.array(
      fc.record({
        queue: fc.nat(2),
        waited: fc.integer({ min: 0, max: 900 }),
        priority,
        weight: fc.integer({ min: 1, max: 2 }),
        accountId: fc.constantFrom('1', '2'),
        declined: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
        preferred: fc.option(fc.integer({ min: 1, max: 6 })),
      }),
      { maxLength: 25 },
    ),
  })
  .map(({ agents, queues, contacts }) => {
    const seats = agents.map(({ skill, accounts, ...of }, index) =>
      seat(String(index + 1), {
        ...of,
        used: Math.min(of.used, of.capacity),
        skills: new Map([['7', skill]]),
        repliesIn: new Set(accounts),
      }),
    );
    const all = queues.map(({ strategy, level, ranks, overlay }, index) =>
      queue(String(index + 1), {
        strategy,
        skillSteps: [
          { afterSeconds: 0, need: [{ skillId: '7', level: Math.max(1, level) }] },
          { afterSeconds: 300, need: [] },
        ],
        members: ranks.flatMap((rank, at) => (rank === 0 ? [] : [{ agentId: String(at + 1), rank, delaySeconds: 0 }])),
        overflow: overlay
          ? { queueId: '1', mode: 'overlay', afterSeconds: 60, longerThan: null, whenUnstaffed: true }
          : null,
        sticky: { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 },
      }),
    );
    const waiting = contacts.map(({ queue: at, declined, preferred, ...of }, index) =>
      contact(String(index + 1), all[at % all.length]!.id, {
        ...of,
        effectiveAt: effectiveAt(NOW - of.waited * 1000, of.priority, usualRules.boosts),
        declinedBy: [...new Set(declined.map(String))],
        declinedAt: declined.length > 0 ? NOW : null,
        preferred: preferred === null ? null : { agentId: String(preferred), since: NOW - of.waited * 1000 },
      }),
    );
    return { seats, queues: all, waiting };
  });

describe('whatever the mix', () => {
  it('nobody gets more than she can hold, nobody what she may not have, and nothing is given twice', () => {
    fc.assert(
      fc.property(world, ({ seats, queues, waiting }) => {
        const matches = run(queues, seats, waiting);
        expect(new Set(matches.map((each) => each.contact.id)).size).toBe(matches.length);
        const held = new Map(seats.map((each) => [each.agentId, { ...each }]));
        for (const { contact: given, agentId } of matches) {
          const her = held.get(agentId)!;
          expect(leftOut(given, her, sceneOf(queues, [...held.values()], waiting))).toEqual([]);
          her.used += given.weight;
          expect(her.used).toBeLessThanOrEqual(her.capacity);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('afterwards nobody waits for whom somebody eligible has room', () => {
    fc.assert(
      fc.property(world, ({ seats, queues, waiting }) => {
        const matches = run(queues, seats, waiting);
        const after = seats.map((each) => ({
          ...each,
          used:
            each.used +
            matches
              .filter(({ agentId }) => agentId === each.agentId)
              .reduce((sum, { contact: { weight } }) => sum + weight, 0),
        }));
        const given = new Set(matches.map((each) => each.contact.id));
        const scene = sceneOf(queues, after, waiting);
        for (const left of waiting.filter(({ id }) => !given.has(id)))
          for (const her of after) expect(leftOut(left, her, scene)).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('nobody gets a contact while one that comes before it in her order could have been hers', () => {
    fc.assert(
      fc.property(world, ({ seats, queues, waiting }) => {
        const [first] = run(queues, seats, waiting, 1);
        if (!first) return;
        const scene = sceneOf(queues, seats, waiting);
        const her = seats.find(({ agentId }) => agentId === first.agentId)!;
        for (const other of waiting) {
          if (leftOut(other, her, scene).length > 0) continue;
          const order = compareStandings(
            standingOf(first.contact, her.agentId, scene),
            standingOf(other, her.agentId, scene),
          );
          expect(order).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('nothing starves: one agent, endless newcomers of every rank and priority, and the old one is served', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ rank: fc.constantFrom('a', 'b'), priority }), { minLength: 30, maxLength: 30 }),
        (newcomers) => {
          const ranked = (rank: number, id: string) =>
            queue(id, { members: [{ agentId: '1', rank, delaySeconds: 0 }], guardSeconds: 100 });
          const queues = [ranked(1, 'a'), ranked(9, 'b')];
          const begin = NOW;
          let waiting = [contact('1', 'b', { enqueuedAt: begin, priority: 'low' })];
          // Every minute the one agent is free once, and two more have come.
          for (const [minute, newcomer] of newcomers.entries()) {
            const now = begin + minute * 60_000;
            for (const twin of [0, 1]) {
              const id = String(10 + minute * 2 + twin);
              waiting.push(
                contact(id, newcomer.rank, {
                  enqueuedAt: now,
                  priority: newcomer.priority,
                  effectiveAt: effectiveAt(now, newcomer.priority, usualRules.boosts),
                }),
              );
            }
            const one = [seat('1', { capacity: 1 })];
            const [served] = match(waiting, one, stage(queues, one, waiting, now), 1);
            waiting = waiting.filter(({ id }) => id !== served!.contact.id);
          }
          expect(waiting.map(({ id }) => id)).not.toContain('1');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('the same look gives the same decisions', () => {
    fc.assert(
      fc.property(world, ({ seats, queues, waiting }) => {
        const shuffled = [...waiting].reverse();
        expect(pairs(queues, [...seats].reverse(), shuffled)).toEqual(pairs(queues, seats, waiting));
      }),
      { numRuns: 200 },
    );
  });
});
