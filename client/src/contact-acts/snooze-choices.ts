import { contactLimits } from '#libs/contracts/index.js';

/** Shifts are worked in Japan, wherever the desk's own clock believes to be; there is no daylight saving. */
export const TOKYO = 'Asia/Tokyo';
const TOKYO_MS = 9 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EVENING = 17;
const MORNING = 9;
/** Closer than this, the evening is now. */
const SOON_MS = 10 * MINUTE_MS;

export type SnoozeKey = 'in20' | 'in60' | 'evening' | 'morning';

export interface SnoozeChoice {
  key: SnoozeKey;
  at: number;
}

/** What is pressed most, in the order in which it comes; the evening only while there is one. */
export function snoozeChoices(now: number): SnoozeChoice[] {
  const minute = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
  const midnight = Math.floor((now + TOKYO_MS) / DAY_MS) * DAY_MS - TOKYO_MS;
  const evening = midnight + EVENING * 60 * MINUTE_MS;
  return [
    { key: 'in20', at: minute + 20 * MINUTE_MS },
    { key: 'in60', at: minute + 60 * MINUTE_MS },
    ...(evening - now > SOON_MS ? [{ key: 'evening' as const, at: evening }] : []),
    { key: 'morning', at: midnight + DAY_MS + MORNING * 60 * MINUTE_MS },
  ];
}

export type SnoozeFault = 'empty' | 'past' | 'tooFar';

/** What a date and time field holds, read as a clock in Tokyo. */
export function readMoment(written: string, now: number): { at: number } | { fault: SnoozeFault } {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(written) ? Date.parse(`${written.slice(0, 16)}:00+09:00`) : Number.NaN;
  if (Number.isNaN(at)) return { fault: 'empty' };
  if (at <= now) return { fault: 'past' };
  return at > now + contactLimits.snoozeDays * DAY_MS ? { fault: 'tooFar' } : { at };
}

/** The same, the other way: for the field to begin with. */
export function writeMoment(at: number): string {
  return new Date(at + TOKYO_MS).toISOString().slice(0, 16);
}
