import type { SignalKind } from '#libs/contracts/index.js';
import type { DesktopNote } from '../offers/desktop-notes.js';
import type { Preferences } from '../settings/preferences.js';

export interface NewsDoors {
  preferences: () => Preferences;
  /** Whether she can be asked for work now. */
  ready: () => boolean;
  /** Whether this tab is the one that speaks. */
  speaks: () => Promise<boolean>;
  ring: (kind: SignalKind, volume: number) => Promise<boolean>;
  show: (note: DesktopNote) => void;
  /** Somebody has this page before her eyes and hands. */
  looksAt: () => boolean;
  now: () => number;
}

/** Several of one kind within this time are one sound. */
export const ONE_SOUND_MS = 2_000;

/** Makes one piece of news heard, and seen outside of the page; also while the page is looked at, when only the sound is of use. */
export class TellNews {
  private readonly rangAt = new Map<SignalKind, number>();

  constructor(private readonly doors: NewsDoors) {}

  async tell(kind: SignalKind, note: DesktopNote): Promise<void> {
    if (!this.wanted(kind) || !(await this.doors.speaks())) return;
    const { volume, desktop } = this.doors.preferences();
    if (desktop && !this.doors.looksAt()) this.doors.show(note);
    const last = this.rangAt.get(kind);
    if (volume === 0 || (last !== undefined && this.doors.now() - last < ONE_SOUND_MS)) return;
    this.rangAt.set(kind, this.doors.now());
    await this.doors.ring(kind, volume);
  }

  private wanted(kind: SignalKind): boolean {
    const { quietKinds, quietUntil, quietAway } = this.doors.preferences();
    if (quietKinds.includes(kind)) return false;
    if (quietUntil !== null && Date.parse(quietUntil) > this.doors.now()) return false;
    return !quietAway || this.doors.ready();
  }
}
