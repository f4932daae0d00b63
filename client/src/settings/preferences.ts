import { useSyncExternalStore } from 'react';
import type { Locale } from '#libs/contracts/index.js';

/** What one desk prefers; kept in this browser. */
export interface Preferences {
  /** Null follows the agent's profile. */
  locale: Locale | null;
  sendKey: 'modEnter' | 'enter';
  /** Single-key shortcuts. */
  shortcuts: boolean;
}

const STORAGE_KEY = 'madoguchi.preferences';
const defaults: Preferences = { locale: null, sendKey: 'modEnter', shortcuts: true };
const listeners = new Set<() => void>();
let current: Preferences = read();

export const preferences = {
  get: (): Preferences => current,
  set(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
    } catch {
      // A browser that keeps nothing still works; it only forgets.
    }
    for (const listener of listeners) listener();
  },
};

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
  const { locale, sendKey, shortcuts } = stored as Record<string, unknown>;
  return {
    locale: locale === 'ja' || locale === 'en' ? locale : defaults.locale,
    sendKey: sendKey === 'enter' || sendKey === 'modEnter' ? sendKey : defaults.sendKey,
    shortcuts: typeof shortcuts === 'boolean' ? shortcuts : defaults.shortcuts,
  };
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return defaults;
  }
}
