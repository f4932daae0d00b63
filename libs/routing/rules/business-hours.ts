import type { HoursSpan, QueueHours } from '#libs/contracts/index.js';
import { holidayOn } from './holidays.js';
import { dateOf, dayOf, MINUTE_MS, startOf, weekdayOf } from './tokyo.js';

/** So far ahead is looked for a change; a queue with nothing in a year is never open, one without a gap in nine days always. */
const LOOK_AHEAD_DAYS = 400;
const GAPLESS_DAYS = 9;

interface Stretch {
  from: number;
  to: number;
}

/** A span belongs to the day on which it begins: what runs past midnight ends on the next day whatever that day is. */
export function isOpen(hours: QueueHours | null, at: number): boolean {
  if (hours === null) return true;
  const today = dayOf(at);
  return [today - 1, today].some((day) => stretchesOf(hours, day).some(({ from, to }) => from <= at && at < to));
}

/** When it opens next; now when it is open; null when there is no opening within a year. */
export function opensAt(hours: QueueHours | null, at: number): number | null {
  if (isOpen(hours, at) || hours === null) return at;
  const today = dayOf(at);
  for (let day = today; day <= today + LOOK_AHEAD_DAYS; day++) {
    const next = stretchesOf(hours, day).find(({ from }) => from > at);
    if (next) return next.from;
  }
  return null;
}

/** When it closes; null when it is closed now, or open without a gap. */
export function closesAt(hours: QueueHours | null, at: number): number | null {
  if (hours === null || !isOpen(hours, at)) return null;
  const today = dayOf(at);
  let end = at;
  for (let day = today - 1; day <= today + GAPLESS_DAYS; day++) {
    for (const { from, to } of stretchesOf(hours, day)) {
      if (from <= end) end = Math.max(end, to);
      else return end;
    }
  }
  return end > startOf(today + GAPLESS_DAYS) ? null : end;
}

function stretchesOf(hours: QueueHours, day: number): Stretch[] {
  return spansOf(hours, day)
    .map(({ from, to }) => {
      const [begins, ends] = [minutes(from), minutes(to)];
      const start = startOf(day);
      return {
        from: start + begins * MINUTE_MS,
        to: start + (ends <= begins ? ends + 24 * 60 : ends) * MINUTE_MS,
      };
    })
    .sort((a, b) => a.from - b.from);
}

function spansOf(hours: QueueHours, day: number): readonly HoursSpan[] {
  const date = dateOf(day);
  const exception = hours.exceptions.find((each) => each.date === date);
  if (exception) return exception.spans;
  if (hours.holidays !== 'asUsual' && holidayOn(day) !== null) return hours.holidays;
  return hours.week[weekdayOf(day)]!;
}

function minutes(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}
