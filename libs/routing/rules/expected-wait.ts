import type { WaitRange } from '#libs/contracts/index.js';

const FEWEST = 5;

/**
 * How long the one at this place waits, from how far apart the last answers were: half of the time it is not more than the
 * first number, nine times of ten not more than the second. null with too few answers: no number is better than a wrong one.
 * @param place 1 for whoever is next
 * @param answeredAt when contacts of the queue were accepted lately, in milliseconds, in any order
 */
export function expectedWait(place: number, answeredAt: readonly number[]): WaitRange | null {
  const times = [...answeredAt].sort((a, b) => a - b);
  const intervals = times.slice(1).map((time, index) => (time - times[index]!) / 1000);
  if (intervals.length < FEWEST) return null;
  intervals.sort((a, b) => a - b);
  const from = Math.ceil(place * quantile(intervals, 0.5));
  return { fromSeconds: from, toSeconds: Math.max(from, Math.ceil(place * quantile(intervals, 0.9))) };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}
