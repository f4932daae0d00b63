import { describe, expect, it } from 'vitest';
import { waitingTime } from './waiting-time.js';

const now = Date.parse('2026-03-01T00:00:00.000Z');

describe('the pause that a carrier asks for', () => {
  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 00:00:07 GMT' }, 7_000],
    [{ 'x-ratelimit-reset': '12' }, 12_000],
    [{ 'x-ratelimit-reset': String(now / 1000 + 5) }, 5_000],
    [{ 'x-ratelimit-reset': String(now + 250) }, 250],
    [{ 'x-ratelimit-reset': '2026-03-01T00:00:02.000Z' }, 2_000],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': '4' }, 4_000],
  ])('%j is %i ms', (headers, ms) => {
    expect(waitingTime(headers, now)).toBe(ms);
  });

  it('is none without a word that can be read', () => {
    expect(waitingTime({ 'retry-after': 'soon' }, now)).toBeNull();
    expect(waitingTime({}, now)).toBeNull();
  });

  it('is never negative and never a week', () => {
    expect(waitingTime({ 'retry-after': 'Sat, 01 Mar 2025 00:00:00 GMT' }, now)).toBe(0);
    expect(waitingTime({ 'retry-after': '604800' }, now)).toBe(12 * 60 * 60 * 1000);
  });
});
