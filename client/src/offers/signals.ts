import type { DesktopNote } from './desktop-notes.js';

export interface Allowed {
  sound: boolean;
  desktop: boolean;
}

export interface SignalDoors {
  /** Whether this tab is the one that speaks. */
  speaks: () => Promise<boolean>;
  /** @returns whether it was heard */
  ring: () => Promise<boolean>;
  show: (note: DesktopNote) => void;
  /** Closes every note but these. */
  keepOnly: (ids: readonly string[]) => void;
  /** Somebody has this page before her eyes and hands. */
  looksAt: () => boolean;
  muted: (muted: boolean) => void;
}

export const RING_AGAIN_MS = 4_000;

/**
 * Makes offers heard and seen outside of the page: at once for each new one, then again and again until none is left. Of
 * all tabs one speaks; which one is asked anew each time, because tabs are closed and hidden.
 */
export class OfferSignals {
  private readonly told = new Set<string>();
  private offers: readonly DesktopNote[] = [];
  private allowed: Allowed = { sound: false, desktop: false };
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly doors: SignalDoors) {}

  /** What is open now, and what may be done about it. */
  show(offers: readonly DesktopNote[], allowed: Allowed): void {
    this.offers = offers;
    this.allowed = allowed;
    const ids = offers.map(({ id }) => id);
    const news = ids.some((id) => !this.told.has(id));
    this.told.clear();
    for (const id of ids) this.told.add(id);
    this.doors.keepOnly(allowed.desktop ? ids : []);
    const quiet = offers.length === 0 || (!allowed.sound && !allowed.desktop);
    if (quiet || news) clearInterval(this.timer);
    if (quiet) {
      this.timer = undefined;
      this.doors.muted(false);
    } else if (news || this.timer === undefined) {
      clearInterval(this.timer);
      this.timer = setInterval(() => void this.tell(), RING_AGAIN_MS);
      void this.tell();
    }
  }

  private async tell(): Promise<void> {
    if (!(await this.doors.speaks())) return this.doors.muted(false);
    // Asked while it may have ended.
    const { offers, allowed } = this;
    if (offers.length === 0) return;
    if (allowed.desktop && !this.doors.looksAt()) for (const offer of offers) this.doors.show(offer);
    if (allowed.sound) this.doors.muted(!(await this.doors.ring()));
  }
}
