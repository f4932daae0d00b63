import { describe, expect, it } from 'vitest';
import { leftOut } from './eligibility.js';
import { contact, members, queue, sceneOf, seat } from './stage.fixture.js';
import type { Queue, WaitingContact } from './waiting-contact.js';
import type { Seat } from './seat.js';

function reasons(
  of: { seat?: Partial<Seat>; queue?: Partial<Queue>; contact?: Partial<WaitingContact> & { waited?: number } },
  others: Seat[] = [],
) {
  const her = seat('1', of.seat);
  const its = queue('q', { members: members('1', ...others.map(({ agentId }) => agentId)), ...of.queue });
  const waiting = contact('1', 'q', of.contact);
  return leftOut(waiting, her, sceneOf([its], [her, ...others], [waiting])).map(({ reason }) => reason);
}

describe('why somebody is left out', () => {
  it.each([
    ['nothing keeps her', {}, []],
    ['she left the company', { seat: { active: false } }, ['inactive']],
    ['her line is gone', { seat: { connection: 'disconnected' } }, ['offline']],
    ['her line was just lost', { seat: { connection: 'grace' } }, ['grace']],
    ['she is away', { seat: { routing: 'not_ready' } }, ['notReady']],
    ['she let an offer pass', { seat: { notResponding: true } }, ['notResponding']],
    ['she has no free slot', { seat: { used: 3 } }, ['full']],
    ['the contact is too heavy', { seat: { used: 2 }, contact: { weight: 2 } }, ['full']],
    ['she is no member', { queue: { members: [] } }, ['notMember']],
    ['she may not answer there', { seat: { repliesIn: new Set(['2']) } }, ['mayNotReply']],
    ['she declined it', { contact: { declinedBy: ['1'] } }, ['declined']],
    [
      'she is in wrap-up and the queue waits for its end',
      { seat: { wrapUp: 1 }, queue: { wrapUpOverlap: false } },
      ['wrapUp'],
    ],
    ['she is in wrap-up and the queue allows it', { seat: { wrapUp: 1 } }, []],
    ['it is not her turn yet', { queue: { members: [{ agentId: '1', rank: 1, delaySeconds: 60 }] } }, ['delay']],
    ['the delay has passed', { queue: { members: [{ agentId: '1', rank: 1, delaySeconds: 9 }] } }, []],
    ['a bot asked for a skill that she has not', { contact: { askedSkills: ['9'] } }, ['skillMissing']],
    [
      'a bot asked for a skill that she has',
      { seat: { skills: new Map([['9', 1]]) }, contact: { askedSkills: ['9'] } },
      [],
    ],
    ['the queue is switched off', { queue: { active: false } }, ['closedHours']],
  ] as const)('%s', (_, of, expected) => {
    expect(reasons(of as Parameters<typeof reasons>[0])).toEqual(expected);
  });

  it('names each skill that is missing, with what is asked and what she has', () => {
    const her = seat('1', { skills: new Map([['7', 2]]) });
    const its = queue('q', {
      members: members('1'),
      skillSteps: [
        {
          afterSeconds: 0,
          need: [
            { skillId: '7', level: 3 },
            { skillId: '8', level: 1 },
          ],
        },
      ],
    });
    const waiting = contact('1', 'q');
    expect(leftOut(waiting, her, sceneOf([its], [her], [waiting]))).toEqual([
      { reason: 'skillMissing', skillId: '7', need: 3, has: 2 },
      { reason: 'skillMissing', skillId: '8', need: 1, has: 0 },
    ]);
  });

  it('asks for less when the customer has waited', () => {
    const skillSteps = [
      { afterSeconds: 0, need: [{ skillId: '7', level: 3 }] },
      { afterSeconds: 30, need: [{ skillId: '7', level: 2 }] },
      { afterSeconds: 90, need: [] },
    ];
    const after = (waited: number, level: number) =>
      reasons({ queue: { skillSteps }, seat: { skills: new Map([['7', level]]) }, contact: { waited } });
    expect([after(29, 2), after(30, 2), after(89, 1), after(90, 0)]).toEqual([
      ['skillMissing'],
      [],
      ['skillMissing'],
      [],
    ]);
  });

  it('keeps a contact for its last agent while she is full, not while she is away, and not for ever', () => {
    const sticky = { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 };
    const kept = (other: Partial<Seat>, waited: number) =>
      reasons(
        {
          queue: { sticky },
          contact: { waited, preferred: { agentId: '2', since: contact('x', 'q', { waited }).enqueuedAt } },
        },
        [seat('2', other)],
      );
    expect(kept({}, 5)).toEqual(['keptForLastAgent']);
    expect(kept({ used: 3 }, 19)).toEqual(['keptForLastAgent']);
    expect(kept({ used: 3 }, 20)).toEqual([]);
    expect(kept({ connection: 'disconnected' }, 5)).toEqual([]);
    expect(kept({ repliesIn: new Set() }, 5)).toEqual([]);
  });

  it('asks the members of the queue that helps out, once it overflows', () => {
    const helper = seat('2');
    const waiting = (waited: number) => contact('1', 'q', { waited });
    const left = (waited: number, overflow: Partial<NonNullable<Queue['overflow']>>) => {
      const its = queue('q', {
        members: members('1'),
        overflow: {
          queueId: 'h',
          mode: 'overlay',
          afterSeconds: null,
          longerThan: null,
          whenUnstaffed: false,
          ...overflow,
        },
      });
      const seats = [seat('1', { connection: 'disconnected' }), helper];
      return leftOut(
        waiting(waited),
        helper,
        sceneOf([its, queue('h', { members: members('2') })], seats, [waiting(waited)]),
      ).map(({ reason }) => reason);
    };
    expect(left(59, { afterSeconds: 60 })).toEqual(['notMember']);
    expect(left(60, { afterSeconds: 60 })).toEqual([]);
    expect(left(0, { whenUnstaffed: true })).toEqual([]);
    expect(left(0, { longerThan: 0 })).toEqual([]);
    expect(left(0, { longerThan: 1 })).toEqual(['notMember']);
  });

  it('goes on with what came in time after closing, when the queue says so', () => {
    const hours = { week: [[], [], [], [], [], [], []], holidays: 'asUsual', exceptions: [] } as Queue['hours'];
    expect(reasons({ queue: { hours }, contact: { takenInHours: true } })).toEqual([]);
    expect(reasons({ queue: { hours }, contact: { takenInHours: false } })).toEqual(['closedHours']);
    expect(reasons({ queue: { hours, atClosing: 'close' } })).toEqual(['closedHours']);
  });
});
