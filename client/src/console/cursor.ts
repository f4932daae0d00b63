import { useEffect, useEffectEvent } from 'react';

const PATIENCE_MS = 10_000;
let wanted: { conversationId: string; until: number } | null = null;
const listeners = new Set<() => void>();

/** Whoever opens a conversation in order to write in it asks for the cursor; its composer takes it as soon as it can. */
export function askForCursor(conversationId: string): void {
  wanted = { conversationId, until: Date.now() + PATIENCE_MS };
  for (const listener of listeners) listener();
}

/** @param ready there is something to write in */
export function useWantedCursor(conversationId: string, ready: boolean, focus: () => void): void {
  const take = useEffectEvent(() => {
    if (!ready || wanted?.conversationId !== conversationId) return;
    const inTime = Date.now() < wanted.until;
    wanted = null;
    if (inTime) focus();
  });
  useEffect(() => take(), [conversationId, ready]);
  useEffect(() => {
    const listen = () => take();
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
}
