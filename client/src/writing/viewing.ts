import type { ViewingEvent } from '#libs/contracts/index.js';

export interface ViewingDoors {
  /** False: the server does not know yet that this screen watches it. */
  say: (conversationId: string, active: boolean, asks: boolean) => Promise<boolean>;
  me: () => string | null;
  random: () => number;
}

const AGAIN_MS = 20_000;
const RETRY_MS = 400;
const RETRIES = 10;
const ANSWER_WITHIN_MS = 300;

/** Says which conversation this screen shows: when it opens, again and again while it does, and when somebody asks. */
export class Viewing {
  private shown: string | null = null;
  private away = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private answer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly doors: ViewingDoors) {}

  show(conversationId: string | null): void {
    if (conversationId === this.shown) return;
    const before = this.shown;
    this.stop();
    this.shown = conversationId;
    if (before !== null && !this.away) void this.doors.say(before, false, false);
    this.begin();
  }

  shows(conversationId: string): boolean {
    return !this.away && this.shown === conversationId;
  }

  /** The window is hidden, or looked at again. */
  look(visible: boolean): void {
    if (this.away !== visible) return;
    this.away = !visible;
    this.stop();
    if (visible) return this.begin();
    if (this.shown !== null) void this.doors.say(this.shown, false, false);
  }

  /** After a (re)connect nobody knows it any more. */
  begin(): void {
    this.stop();
    if (this.shown !== null && !this.away) void this.say(this.shown, true);
  }

  hear(event: ViewingEvent): void {
    if (event.conversationId !== this.shown || this.away) return;
    const own = event.by.id === this.doors.me();
    // Another of her screens has left it; this one still shows it.
    if (own ? event.active : !event.asks) return;
    this.answer ??= setTimeout(() => {
      this.answer = undefined;
      if (this.shown !== null) void this.doors.say(this.shown, true, false);
    }, this.doors.random() * ANSWER_WITHIN_MS);
  }

  private async say(conversationId: string, asks: boolean, attempt = 0): Promise<void> {
    const heard = await this.doors.say(conversationId, true, asks);
    if (this.shown !== conversationId || this.away) return;
    clearTimeout(this.timer);
    if (!heard && attempt >= RETRIES) return;
    this.timer = heard
      ? setTimeout(() => void this.say(conversationId, false), AGAIN_MS)
      : setTimeout(() => void this.say(conversationId, asks, attempt + 1), RETRY_MS);
  }

  private stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.answer);
    this.answer = undefined;
  }
}
