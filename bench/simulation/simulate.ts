import { Settings } from '#libs/platform/settings/index.js';
import { startConsole } from '../../apps/console/console.js';
import { MASTER_KEY } from '../database/premises.js';
import { readBooks } from './books.js';
import { Chance } from './chance.js';
import { Day } from './day.js';
import { furnish } from './office.js';
import type { Plan } from './plan.js';
import { resultOf, type Books, type Result } from './results.js';
import { StoppedClock } from './stopped-clock.js';

/** A Tuesday morning in Tokyo; always the same one, so that nothing depends on when it is played. */
const MORNING = new Date('2026-11-24T10:00:00+09:00');

/**
 * @param databaseUrl of a migrated, empty database that is good for nothing else afterwards
 * @throws when it is called off
 */
export async function simulate(
  plan: Plan,
  databaseUrl: string,
  dataDir: string,
  stop?: AbortSignal,
): Promise<{ result: Result; books: Books }> {
  const clock = await StoppedClock.of(databaseUrl, MORNING);
  try {
    const settings = new Settings({
      port: 0,
      databaseUrl,
      dataDir,
      masterKey: MASTER_KEY,
      logLevel: 'error',
      // There is no carrier to send anything to.
      role: 'web',
    });
    const house = await startConsole(settings, '127.0.0.1', undefined, clock);
    try {
      const chance = new Chance(plan.seed);
      const office = await furnish(house, plan, chance);
      const day = await new Day(house.app, clock, office, plan, chance).play(stop);
      const books = await readBooks(house, office, day);
      return { books, result: resultOf(books, plan) };
    } finally {
      await house.close();
    }
  } finally {
    await clock.close();
  }
}
