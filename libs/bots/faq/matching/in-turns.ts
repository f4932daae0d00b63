import { setImmediate } from 'node:timers/promises';

const TURN_MS = 5;

/** Does long work a few milliseconds at a time, and lets others go on between. */
export async function inTurns(work: Iterable<unknown>): Promise<void> {
  let began = performance.now();
  for (const _ of work) {
    if (performance.now() - began < TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
