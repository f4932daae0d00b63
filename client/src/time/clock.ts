import { useSyncExternalStore } from 'react';

let offset = 0;

/** The server's clock as it answered: halfway through the request, so that a slow line costs half as much. */
export function setServerClock(now: string, askedAt: number, answeredAt: number): void {
  offset = Date.parse(now) - (askedAt + answeredAt) / 2;
}

/** So far apart, the desk's clock was set, or slept; less is the line's. */
const CLOCK_SET_MS = 5_000;

/** Something that the server has just said happened now: a countdown by a clock that was set meanwhile would be wrong. */
export function heardFromServer(at: string): void {
  const apart = Date.parse(at) - serverNow();
  if (Math.abs(apart) > CLOCK_SET_MS) offset += apart;
}

/** A desk clock may be wrong by minutes; waiting times are counted by the server's. */
export function serverNow(): number {
  return Date.now() + offset;
}

const listeners = new Set<() => void>();
let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  // Nobody looked for a while: the second that was kept is an old one.
  if (listeners.size === 0) second = serverNow();
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = serverNow();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** One ticker for every timer on the screen. */
export function useServerSecond(): number {
  return useSyncExternalStore(subscribe, () => (second ||= serverNow()));
}
