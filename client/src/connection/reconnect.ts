const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Exponential back-off with full jitter, for ever. A restarted server must not meet all desks in the same second, so
 * the whole span is drawn, not just its end.
 */
export function reconnectDelay(attempt: number, random: number): number {
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * random);
}
