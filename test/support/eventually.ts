const PATIENCE_MS = 15_000;

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 80;

/**
 * Asks until there is an answer (not null, undefined or false); never waits for a time, only for the condition. Less and less
 * often, for asking costs too.
 */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<NonNullable<Exclude<T, false>>> {
  const giveUp = Date.now() + patienceMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (Date.now() > giveUp) throw new Error(`waited ${patienceMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
