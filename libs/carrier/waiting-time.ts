import type { IncomingHttpHeaders } from 'node:http';

const longest = 12 * 60 * 60 * 1000;

/**
 * The pause a carrier asks for, in milliseconds; null when it names none. `Retry-After` counts seconds or names a date;
 * `X-RateLimit-Reset` is written as seconds from now, as seconds or milliseconds of the clock, or as a date.
 */
export function waitingTime(headers: IncomingHttpHeaders, now: number): number | null {
  for (const name of ['retry-after', 'x-ratelimit-reset', 'ratelimit-reset']) {
    const value = headers[name];
    const ms = typeof value === 'string' ? readPause(value.trim(), now) : null;
    if (ms !== null) return Math.min(Math.max(Math.ceil(ms), 0), longest);
  }
  return null;
}

function readPause(value: string, now: number): number | null {
  if (/^\d+(\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number >= 1e12) return number - now;
    if (number >= 1e9) return number * 1000 - now;
    return number * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date - now;
}
