const PATIENCE_MS = 20_000;

/** @throws when it is not so after twenty seconds */
export async function within(
  condition: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`waited in vain for ${what}`);
    await new Promise((again) => setTimeout(again, 5));
  }
}

/** @throws when it has not ended after twenty seconds */
export function inTime<T>(work: Promise<T>, what: string, patienceMs = PATIENCE_MS): Promise<T> {
  let late: NodeJS.Timeout;
  const limit = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patienceMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(late));
}
