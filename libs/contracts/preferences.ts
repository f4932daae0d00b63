/**
 * What one person has learnt and wants at every desk. Whatever is left out is as usual; what eyes and ears need at one desk (theme,
 * letters, loudness) stays in its browser.
 */
export interface AgentPreferences {
  sendKey?: 'modEnter' | 'enter';
  /** Keys that act without a modifier. */
  shortcuts?: boolean;
  /** Commands with other keys than usual. */
  keys?: KeyChoice[];
  /** Kinds of news that are not to be told beyond the page. */
  quietKinds?: SignalKind[];
  /** おやすみ: nothing is told beyond the page before this time. */
  quietUntil?: string | null;
  /** Nor while she is not ready. */
  quietAway?: boolean;
  /** She has been shown around. */
  toured?: boolean;
}

/** `j`, `Alt+ArrowDown`, `Mod+Alt+e`, `g m` (one after the other); none: the command has no key. */
export interface KeyChoice {
  command: string;
  keys: string[];
}

export const signalKinds = ['offer', 'queue', 'message', 'mention', 'due'] as const;
export type SignalKind = (typeof signalKinds)[number];

/** How much a person may change. */
export const preferenceLimits = { commands: 80, keysEach: 6, keyLength: 40 } as const;
