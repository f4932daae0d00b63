import { Injectable } from '@nestjs/common';

/**
 * What time it is, for everything whose rules speak of time. Asked here rather than of the machine, so that a simulation can
 * let half an hour pass in a few seconds, and a test can stand at the end of a year.
 */
@Injectable()
export class Clock {
  /** Milliseconds, as `Date.now()`. */
  now(): number {
    return Date.now();
  }

  date(): Date {
    return new Date(this.now());
  }

  /** @returns calls it off */
  in(ms: number, work: () => void): () => void {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  }
}
