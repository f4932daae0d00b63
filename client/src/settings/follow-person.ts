import type { AgentPreferences } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { preferences } from './preferences.js';

const AGAIN_MS = 10_000;
const STORAGE_KEY = 'madoguchi.person';

/**
 * Her choices come with whoever signs in and go with her. What she changes is sent soon; without a line it is kept, gathered, until there is one.
 */
export class FollowPerson {
  /** The server has said what she wants; before that, nothing is shown only because she has not said otherwise. */
  known = false;
  private waiting: AgentPreferences = {};
  /** On its way: what is heard meanwhile was said before it. */
  private sending: AgentPreferences = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private stop: (() => void) | null = null;

  begin(agentId: string): void {
    if (isAnother(agentId)) preferences.forget();
    this.stop ??= preferences.onChosen((change) => {
      this.waiting = { ...this.waiting, ...change };
      this.sendSoon(300);
    });
  }

  /** She goes: what she changed last is sent before, by whoever ends the session. */
  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.again);
    this.stop?.();
    this.stop = null;
    this.waiting = {};
    this.known = false;
    preferences.forget();
  }

  /** `preferences:changed`: she chose something, at this desk or at another. */
  hear(theirs: AgentPreferences): void {
    if (this.stop === null) return;
    this.known = true;
    preferences.follow({ ...theirs, ...this.sending, ...this.waiting });
  }

  /** After a connect: what was chosen elsewhere while there was no line. */
  async fetch(): Promise<void> {
    clearTimeout(this.again);
    if (this.stop === null) return;
    try {
      this.hear(await api.preferences());
    } catch {
      if (this.stop !== null) this.again = setTimeout(() => void this.fetch(), AGAIN_MS);
    }
  }

  private sendSoon(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), after);
  }

  async send(): Promise<void> {
    clearTimeout(this.timer);
    const change = this.waiting;
    if (Object.keys(change).length === 0) return;
    this.waiting = {};
    this.sending = change;
    try {
      await api.setPreferences(change);
    } catch {
      if (this.stop === null) return;
      this.waiting = { ...change, ...this.waiting };
      this.sendSoon(AGAIN_MS);
    } finally {
      if (this.sending === change) this.sending = {};
    }
  }
}

/** Whether somebody else sat here last, who did not sign out: her session may have ended by itself. */
function isAnother(agentId: string): boolean {
  try {
    const last = localStorage.getItem(STORAGE_KEY);
    localStorage.setItem(STORAGE_KEY, agentId);
    return last !== null && last !== agentId;
  } catch {
    return false;
  }
}
