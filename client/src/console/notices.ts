import { useSyncExternalStore } from 'react';
import { toApiError } from '../http/api-error.js';
import { errorText } from '../i18n/i18n.js';

export interface Notice {
  id: number;
  text: string;
  /** `news`: something she waited for, good or bad; `fault`: what she asked for did not work. */
  tone: 'fault' | 'news';
}

const SHOWN_MS = 7_000;
const MOST = 3;
const listeners = new Set<() => void>();
let notices: readonly Notice[] = [];
let last = 0;

/** Something asked for by hand did not work: said once, quietly, in the agent's language. */
export function showFault(error: unknown): void {
  const { code } = toApiError(error);
  // The sign-in page says it already.
  if (code === 'unauthenticated') return;
  showNotice(errorText(code));
}

export function showNotice(text: string, tone: Notice['tone'] = 'fault'): void {
  const notice = { id: (last += 1), text, tone };
  set([...notices.filter((shown) => shown.text !== text), notice].slice(-MOST));
  setTimeout(() => dismissNotice(notice.id), SHOWN_MS);
}

export function dismissNotice(id: number): void {
  if (notices.some((notice) => notice.id === id)) set(notices.filter((notice) => notice.id !== id));
}

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(subscribe, () => notices);
}

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
