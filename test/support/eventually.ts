const PATIENCE_MS = 15_000;

/** Asks until there is an answer (not null, undefined or false); never waits for a time, only for the condition. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<NonNullable<Exclude<T, false>>> {
  const giveUp = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer as NonNullable<Exclude<T, false>>;
    if (Date.now() > giveUp) throw new Error(`waited ${patienceMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
