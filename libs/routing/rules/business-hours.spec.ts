import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HoursSpan, QueueHours } from '#libs/contracts/index.js';
import { closesAt, isOpen, opensAt } from './business-hours.js';

const tokyo = (local: string): number => Date.parse(`${local}:00+09:00`);
const span = (from: string, to: string): HoursSpan => ({ from, to });
const office = [span('09:00', '18:00')];

interface Given {
  every?: HoursSpan[];
  holidays?: QueueHours['holidays'];
  exceptions?: QueueHours['exceptions'];
}

function hours(of: Given = {}): QueueHours {
  const { every = office, ...rest } = of;
  return { week: [[], every, every, every, every, every, []], holidays: [], exceptions: [], ...rest };
}

describe('business hours in Tokyo', () => {
  it('open at the first and close at the last minute', () => {
    const open = (at: string) => isOpen(hours(), tokyo(at));
    expect([open('2026-11-24T08:59'), open('2026-11-24T09:00')]).toEqual([false, true]);
    expect([open('2026-11-24T17:59'), open('2026-11-24T18:00')]).toEqual([true, false]);
    expect(closesAt(hours(), tokyo('2026-11-24T10:00'))).toBe(tokyo('2026-11-24T18:00'));
  });

  it('stay closed on a holiday unless told otherwise', () => {
    expect(isOpen(hours(), tokyo('2026-11-23T10:00'))).toBe(false);
    expect(opensAt(hours(), tokyo('2026-11-20T19:00'))).toBe(tokyo('2026-11-24T09:00'));
    expect(isOpen(hours({ holidays: 'asUsual' }), tokyo('2026-11-23T10:00'))).toBe(true);
    expect(isOpen(hours({ holidays: [span('10:00', '15:00')] }), tokyo('2026-11-23T14:59'))).toBe(true);
  });

  it('run past midnight to the next day, whatever that day is, also over the end of the year', () => {
    const night = hours({ every: [span('22:00', '02:00')], exceptions: [] });
    expect(isOpen(night, tokyo('2026-11-28T01:59'))).toBe(true); // Friday's night, on Saturday
    expect(isOpen(night, tokyo('2026-11-28T02:00'))).toBe(false);
    expect(isOpen(night, tokyo('2026-11-24T00:30'))).toBe(false); // Monday was a holiday
    const endOfYear = hours({ every: [span('22:00', '02:00')] });
    expect(isOpen(endOfYear, tokyo('2027-01-01T01:00'))).toBe(true);
    expect(closesAt(endOfYear, tokyo('2026-12-31T23:00'))).toBe(tokyo('2027-01-01T02:00'));
  });

  it('let single days win over everything', () => {
    const closed = hours({
      exceptions: [
        { date: '2026-12-29', name: '年末', spans: [] },
        { date: '2026-11-23', name: '特別営業', spans: [span('12:00', '13:00')] },
      ],
    });
    expect(isOpen(closed, tokyo('2026-12-29T10:00'))).toBe(false);
    expect(isOpen(closed, tokyo('2026-11-23T12:30'))).toBe(true);
  });

  it('know what never closes and what never opens', () => {
    const always = [span('00:00', '24:00')];
    const week: QueueHours['week'] = [always, always, always, always, always, always, always];
    expect(closesAt({ week, holidays: 'asUsual', exceptions: [] }, tokyo('2026-11-24T10:00'))).toBeNull();
    expect(closesAt({ week, holidays: [], exceptions: [] }, tokyo('2026-11-20T10:00'))).toBe(tokyo('2026-11-23T00:00'));
    expect(opensAt(hours({ every: [] }), tokyo('2026-11-24T10:00'))).toBeNull();
  });

  it('agree with a walk through every minute', () => {
    const minute = fc.integer({ min: 0, max: 24 * 4 }).map((quarter) => {
      const at = quarter * 15;
      return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    });
    const spans = fc.array(
      fc
        .tuple(
          minute.filter((at) => at !== '24:00'),
          minute,
        )
        .map(([from, to]) => span(from, to)),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(
        fc.tuple(spans, spans, spans, spans, spans, spans, spans),
        fc.integer({ min: 0, max: 7 * 96 }),
        (week, quarter) => {
          const every: QueueHours = { week, holidays: 'asUsual', exceptions: [] };
          const at = tokyo('2026-10-18T00:00') + quarter * 15 * 60_000;
          const step = 15 * 60_000;
          const limit = at + 8 * 24 * 60 * 60_000;
          const next = (open: boolean): number | null => {
            for (let time = at; time <= limit; time += step) if (isOpen(every, time) === open) return time;
            return null;
          };
          expect(opensAt(every, at)).toBe(next(true));
          if (isOpen(every, at)) expect(closesAt(every, at)).toBe(next(false));
        },
      ),
      { numRuns: 300 },
    );
  });
});
