import { live } from '../desk.js';
import { reachServer } from '../http/reach-server.js';
import { afterFirstScreen } from './first-screen.js';
import { fetchDialogs, fetchNext } from './later.js';

const parts = [fetchDialogs, () => import('../session/sign-in-page.js'), () => import('../i18n/en.js')];

const BUSY_MS = 2_000;
const AGAIN_MS = 15_000;

/**
 * What may be opened later is fetched while there is a line. Asked for without one, or after an update has taken its file
 * from the server, there would be nothing to open.
 */
export function fetchAhead(): () => void {
  let left = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fetchAll = async () => {
    try {
      await reachServer();
    } catch {
      if (!left) timer = setTimeout(() => void fetchAll(), AGAIN_MS);
      return;
    }
    // One that fails now waits until somebody asks for it: see `later`.
    await Promise.allSettled(parts.map((part) => part()));
  };
  let wait: { cancel: () => void } | undefined;
  void afterFirstScreen().then(async () => {
    await lineStands();
    if (left) return;
    // Not even idle time is waited for. If it fails, whoever opens it is told.
    await fetchNext();
    if (!left) wait = whenIdle(() => void fetchAll());
  });
  return () => {
    left = true;
    wait?.cancel();
    clearTimeout(timer);
  };
}

/** What is read ahead must not stand in its way; nor is it waited for where there is none. */
function lineStands(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      // In the frame after, which says that it stands.
      setTimeout(resolve, 50);
    };
    const timer = setTimeout(end, BUSY_MS);
    const stop = live.subscribe(() => live.online && end());
    if (live.online) end();
  });
}

/** As soon as nothing else is to be done, however busy it stays. Safari cannot tell. */
function whenIdle(work: () => void): { cancel: () => void } {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, BUSY_MS);
    return { cancel: () => clearTimeout(timer) };
  }
  const wait = requestIdleCallback(work, { timeout: BUSY_MS });
  return { cancel: () => cancelIdleCallback(wait) };
}
