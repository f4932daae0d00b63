import { useSyncExternalStore } from 'react';
import type { Locale } from '#libs/contracts/index.js';

/** What one desk prefers; kept in this browser. */
export interface Preferences {
  /** Null follows the agent's profile. */
  locale: Locale | null;
  sendKey: 'modEnter' | 'enter';
  /** Single-key shortcuts. */
  shortcuts: boolean;
  /** An offer is heard. */
  offerSound: boolean;
  /** An offer is shown by the desktop while the console is not looked at. */
  offerDesktop: boolean;
  /** 送信取消: so many seconds a reply waits before it leaves. */
  undoSeconds: 0 | 5 | 10;
  /** 送信内容確認 */
  confirmSend: boolean;
}

const STORAGE_KEY = 'madoguchi.preferences';
const defaults: Preferences = {
  locale: null,
  sendKey: 'modEnter',
  shortcuts: true,
  offerSound: true,
  offerDesktop: false,
  undoSeconds: 0,
  confirmSend: false,
};
const listeners = new Set<() => void>();
let current: Preferences = read();

// Another tab has changed them: what one tab says must not undo it, and the one that rings must know.
if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY) change(parsePreferences(newValue));
  });
}

export const preferences = {
  get: (): Preferences => current,
  set(chosen: Partial<Preferences>): void {
    const next = { ...current, ...chosen };
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still works; it only forgets.
    }
    change(next);
  },
};

function change(next: Preferences): void {
  current = next;
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences.get);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whatever stands in the storage, only values we know come out. */
export function parsePreferences(text: string | null): Preferences {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? 'null');
  } catch {
    return defaults;
  }
  if (typeof stored !== 'object' || stored === null) return defaults;
  const { locale, sendKey, shortcuts, offerSound, offerDesktop, undoSeconds, confirmSend } = stored as Record<
    string,
    unknown
  >;
  return {
    locale: locale === 'ja' || locale === 'en' ? locale : defaults.locale,
    sendKey: sendKey === 'enter' || sendKey === 'modEnter' ? sendKey : defaults.sendKey,
    shortcuts: typeof shortcuts === 'boolean' ? shortcuts : defaults.shortcuts,
    offerSound: typeof offerSound === 'boolean' ? offerSound : defaults.offerSound,
    offerDesktop: typeof offerDesktop === 'boolean' ? offerDesktop : defaults.offerDesktop,
    undoSeconds: undoSeconds === 5 || undoSeconds === 10 ? undoSeconds : defaults.undoSeconds,
    confirmSend: typeof confirmSend === 'boolean' ? confirmSend : defaults.confirmSend,
  };
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return defaults;
  }
}
