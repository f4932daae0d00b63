const EVERY_MS = 3_000;
const STOPPED_MS = 5_000;

/** Tells that somebody writes: at most every three seconds, and once when it is over. */
export class TypingSignal {
  private toldAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: (active: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {}

  wrote(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stop(), STOPPED_MS);
    if (this.now() - this.toldAt < EVERY_MS) return;
    this.toldAt = this.now();
    this.tell(true);
  }

  stop(): void {
    clearTimeout(this.timer);
    if (this.toldAt === Number.NEGATIVE_INFINITY) return;
    this.toldAt = Number.NEGATIVE_INFINITY;
    this.tell(false);
  }
}
