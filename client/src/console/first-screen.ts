import { useSyncExternalStore } from 'react';

const PATIENCE_MS = 4_000;
let standing = false;
const listeners = new Set<() => void>();

/** What somebody came for is on the screen. */
export function firstScreenStands(): void {
  if (standing) return;
  standing = true;
  for (const listener of listeners) listener();
  listeners.clear();
}

/** Resolves in the frame after; or when it has taken so long that nobody should wait for it. */
export async function afterFirstScreen(): Promise<void> {
  await Promise.race([
    standing ? undefined : new Promise<void>((resolve) => listeners.add(resolve)),
    new Promise((late) => setTimeout(late, PATIENCE_MS)),
  ]);
  await new Promise((next) => setTimeout(next, 50));
}

let over = false;
let begun = false;
const waiting = new Set<() => void>();

function wait(changed: () => void): () => void {
  waiting.add(changed);
  if (!begun) {
    begun = true;
    void afterFirstScreen().then(() => {
      over = true;
      for (const each of waiting) each();
    });
  }
  return () => void waiting.delete(changed);
}

/** False until the first screen stands: what shows nothing of it asks for nothing before. */
export function useAfterFirstScreen(): boolean {
  return useSyncExternalStore(wait, () => over);
}
