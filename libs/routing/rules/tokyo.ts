/** Japan keeps one time all year: nine hours ahead, no daylight saving since 1951. */
const AHEAD_MS = 9 * 60 * 60 * 1000;
export const DAY_MS = 24 * 60 * 60 * 1000;
export const MINUTE_MS = 60_000;

/** Days since 1970-01-01 in Tokyo. */
export function dayOf(time: number): number {
  return Math.floor((time + AHEAD_MS) / DAY_MS);
}

export function startOf(day: number): number {
  return day * DAY_MS - AHEAD_MS;
}

/** `2026-11-22` */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** 0 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
