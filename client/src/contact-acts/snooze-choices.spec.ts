import { describe, expect, it } from 'vitest';
import { readMoment, snoozeChoices, writeMoment } from './snooze-choices.js';

const tokyo = (written: string) => Date.parse(`${written}+09:00`);
const choices = (now: string) =>
  Object.fromEntries(snoozeChoices(tokyo(now)).map(({ key, at }) => [key, writeMoment(at)]));

describe('when a contact comes back', () => {
  it('is offered in the order of the clock, on whole minutes', () => {
    expect(choices('2026-11-22T10:15:30')).toEqual({
      in20: '2026-11-22T10:36',
      in60: '2026-11-22T11:16',
      evening: '2026-11-22T17:00',
      morning: '2026-11-23T09:00',
    });
    const times = snoozeChoices(tokyo('2026-11-22T10:15:30')).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('has no evening of today once that is over, or as good as over', () => {
    expect(choices('2026-11-22T16:49:59')).toHaveProperty('evening');
    expect(choices('2026-11-22T16:50:00')).not.toHaveProperty('evening');
    expect(choices('2026-11-22T23:30:00')).toEqual({
      in20: '2026-11-22T23:50',
      in60: '2026-11-23T00:30',
      morning: '2026-11-23T09:00',
    });
  });

  it('counts days in Tokyo: at seven in the morning it is still yesterday in UTC', () => {
    expect(choices('2026-12-31T07:00:00')).toMatchObject({ evening: '2026-12-31T17:00', morning: '2027-01-01T09:00' });
    expect(choices('2027-01-01T00:00:00')).toMatchObject({ evening: '2027-01-01T17:00', morning: '2027-01-02T09:00' });
  });

  it('lies in the future whatever the hour', () => {
    const hours = Array.from(
      { length: 24 * 400 },
      (_, hour) => tokyo('2026-01-01T00:00:00') + hour * 3_600_000 + 59_999,
    );
    expect(hours.filter((now) => snoozeChoices(now).some(({ at }) => at <= now))).toEqual([]);
  });
});

describe('a moment of one’s own', () => {
  const now = tokyo('2026-11-22T10:00:00');

  it('is read as a clock in Tokyo', () => {
    expect(readMoment('2026-11-22T10:01', now)).toEqual({ at: tokyo('2026-11-22T10:01:00') });
    expect(readMoment('2026-11-22T10:01:59', now)).toEqual({ at: tokyo('2026-11-22T10:01:00') });
    expect(writeMoment(now)).toBe('2026-11-22T10:00');
  });

  it('is refused in words when it is none, over, or too far', () => {
    for (const nothing of ['', '2026', '2026-13-40T99:99', 'あした']) {
      expect(readMoment(nothing, now)).toEqual({ fault: 'empty' });
    }
    expect(readMoment('2026-11-22T10:00', now)).toEqual({ fault: 'past' });
    expect(readMoment('2020-01-01T00:00', now)).toEqual({ fault: 'past' });
    expect(readMoment('2027-11-22T10:00', now)).toEqual({ at: tokyo('2027-11-22T10:00:00') });
    expect(readMoment('2027-11-22T10:01', now)).toEqual({ fault: 'tooFar' });
  });
});
