const PATIENCE_MS = 5_000;

/** Resolves when the server answers, whatever it says; rejects when there is no line to it. */
export async function reachServer(): Promise<void> {
  await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
}
