import { useSyncExternalStore } from 'react';
import {
  signalKinds,
  type AgentPreferences,
  type KeyChoice,
  type Locale,
  type SignalKind,
} from '#libs/contracts/index.js';

/** What somebody prefers at this desk: her own choices, which follow her, and the desk's. All of it is kept in this browser. */
export interface Preferences extends Required<AgentPreferences> {
  /** Null follows the agent's profile. */
  locale: Locale | null;
  density: 'comfortable' | 'compact';
  fontSize: (typeof fontSizes)[number];
  /** Of sounds, 0 to 1. */
  volume: number;
  /** What is told is also shown by the desktop, while the console is not looked at. */
  desktop: boolean;
  /** 送信取消: so many seconds a reply waits before it leaves. */
  undoSeconds: 0 | 5 | 10;
  /** 送信内容確認 */
  confirmSend: boolean;
}

export const fontSizes = ['small', 'normal', 'large', 'larger'] as const;

const STORAGE_KEY = 'madoguchi.preferences';
/** What follows a person to every desk. */
const own = {
  sendKey: 'modEnter',
  shortcuts: true,
  keys: [],
  quietKinds: [],
  quietUntil: null,
  quietAway: true,
  toured: false,
} satisfies Required<AgentPreferences>;
const defaults: Preferences = {
  ...own,
  locale: null,
  density: 'comfortable',
  fontSize: 'normal',
  volume: 0.6,
  desktop: false,
  undoSeconds: 0,
  confirmSend: false,
};
const listeners = new Set<() => void>();
const keepers = new Set<(change: AgentPreferences) => void>();
let current: Preferences = read();

// Another tab has changed them: what one tab says must not undo it, and the one that rings must know.
if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY) change(parsePreferences(newValue));
  });
}

export const preferences = {
  get: (): Preferences => current,
  /** Chosen by hand: kept here, and told to whoever keeps it for her other desks. */
  set(chosen: Partial<Preferences>): void {
    keep({ ...current, ...chosen });
    const follows = Object.fromEntries(Object.entries(chosen).filter(([name]) => name in own)) as AgentPreferences;
    if (Object.keys(follows).length > 0) for (const keeper of keepers) keeper(follows);
  },
  /** As the server keeps them for whoever sits here. */
  follow(theirs: AgentPreferences): void {
    keep(parse({ ...current, ...theirs }));
  },
  /** Nothing of one person stays for the next. */
  forget(): void {
    keep({ ...current, ...own });
  },
  onChosen(keeper: (change: AgentPreferences) => void): () => void {
    keepers.add(keeper);
    return () => keepers.delete(keeper);
  },
  subscribe,
};

function keep(next: Preferences): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still works; it only forgets.
  }
  change(next);
}

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

export function parsePreferences(text: string | null): Preferences {
  try {
    return parse(JSON.parse(text ?? 'null'));
  } catch {
    return defaults;
  }
}

/** Whatever stands in the storage, only values we know come out. */
function parse(stored: unknown): Preferences {
  if (typeof stored !== 'object' || stored === null) return defaults;
  const given = stored as Record<string, unknown>;
  const oneOf = <T extends string>(name: string, words: readonly T[], usual: T): T =>
    words.find((word) => word === given[name]) ?? usual;
  const yes = (name: string, usual: boolean): boolean =>
    typeof given[name] === 'boolean' ? (given[name] as boolean) : usual;
  const { locale, volume, undoSeconds, keys, quietKinds, quietUntil } = given;
  return {
    sendKey: oneOf('sendKey', ['modEnter', 'enter'], defaults.sendKey),
    shortcuts: yes('shortcuts', defaults.shortcuts),
    keys: Array.isArray(keys) ? keys.filter(isChoice) : [],
    quietKinds: Array.isArray(quietKinds) ? signalKinds.filter((kind: SignalKind) => quietKinds.includes(kind)) : [],
    quietUntil: typeof quietUntil === 'string' && !Number.isNaN(Date.parse(quietUntil)) ? quietUntil : null,
    quietAway: yes('quietAway', defaults.quietAway),
    toured: yes('toured', defaults.toured),
    locale: locale === 'ja' || locale === 'en' ? locale : null,
    density: oneOf('density', ['comfortable', 'compact'], defaults.density),
    fontSize: oneOf('fontSize', fontSizes, defaults.fontSize),
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : defaults.volume,
    desktop: yes('desktop', defaults.desktop),
    undoSeconds: undoSeconds === 5 || undoSeconds === 10 ? undoSeconds : defaults.undoSeconds,
    confirmSend: yes('confirmSend', defaults.confirmSend),
  };
}

function isChoice(value: unknown): value is KeyChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { command, keys } = value as Record<string, unknown>;
  return typeof command === 'string' && Array.isArray(keys) && keys.every((key) => typeof key === 'string');
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return defaults;
  }
}
