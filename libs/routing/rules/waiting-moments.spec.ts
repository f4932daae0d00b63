import { describe, expect, it } from 'vitest';
import { expectedWait } from './expected-wait.js';
import { contact, members, NOW, queue } from './stage.fixture.js';
import { nextMoment } from './waiting-moments.js';

const since = NOW - 10_000;

describe('when time alone changes something', () => {
  it('names the next step, delay, overflow or end of being kept, and nothing that has passed', () => {
    const waiting = contact('1', 'q', { waited: 10 });
    const its = queue('q', {
      members: [{ agentId: '1', rank: 1, delaySeconds: 25 }],
      skillSteps: [
        { afterSeconds: 0, need: [] },
        { afterSeconds: 30, need: [] },
      ],
      overflow: { queueId: 'h', mode: 'overlay', afterSeconds: 60, longerThan: null, whenUnstaffed: false },
    });
    const after = (seconds: number) => nextMoment(waiting, its, undefined, since + seconds * 1000);
    expect([after(10), after(25), after(30), after(60)]).toEqual(
      [25, 30, 60].map((at) => since + at * 1000).concat(null as never),
    );
    expect(
      nextMoment(
        { ...waiting, preferred: { agentId: '1', since } },
        queue('q', { members: members('1') }),
        undefined,
        NOW,
      ),
    ).toBe(since + 20_000);
  });

  it('wakes what waits outside of business hours when they begin', () => {
    const office = [{ from: '09:00', to: '18:00' }];
    const hours = {
      week: [office, office, office, office, office, office, office] as never,
      holidays: 'asUsual' as const,
      exceptions: [],
    };
    const evening = Date.parse('2026-11-24T20:00+09:00');
    const waiting = contact('1', 'q', { enqueuedAt: evening, takenInHours: false });
    expect(nextMoment(waiting, queue('q', { hours }), undefined, evening)).toBe(Date.parse('2026-11-25T09:00+09:00'));
    const inTime = contact('1', 'q', { enqueuedAt: NOW });
    expect(nextMoment(inTime, queue('q', { hours, atClosing: 'close' }), undefined, NOW)).toBe(
      Date.parse('2026-11-24T18:00+09:00'),
    );
  });
});

describe('the expected wait', () => {
  it('is a range from how far apart the last answers were', () => {
    const every = [0, 10, 20, 30, 40, 70].map((second) => NOW + second * 1000);
    expect(expectedWait(1, every)).toEqual({ fromSeconds: 10, toSeconds: 22 });
    expect(expectedWait(3, every)).toEqual({ fromSeconds: 30, toSeconds: 66 });
  });

  it('is not told from fewer than five', () => {
    expect(expectedWait(1, [1, 2, 3, 4, 5])).toBeNull();
  });
});
