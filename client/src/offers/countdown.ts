import type { OfferView } from '#libs/contracts/index.js';

export interface Countdown {
  /** Whole seconds, rounded up: it says 1 as long as there is any time. */
  seconds: number;
  /** Of all the time there was, 1 to 0. */
  share: number;
  level: 'calm' | 'soon';
  /** The deadline has passed; the server ends it any moment. */
  over: boolean;
  /** So long after its deadline that nobody will say so any more: the line is down. */
  stale: boolean;
}

const SOON_MS = 5_000;
/** A node looks at deadlines once a second at the latest; one that was killed is replaced within another. */
const STALE_MS = 4_000;

/** @param now by the server's clock */
export function countdown({ madeAt, deadline }: Pick<OfferView, 'madeAt' | 'deadline'>, now: number): Countdown {
  const whole = Math.max(1, Date.parse(deadline) - Date.parse(madeAt));
  const left = Date.parse(deadline) - now;
  return {
    seconds: Math.max(0, Math.ceil(Math.min(left, whole) / 1000)),
    share: Math.min(1, Math.max(0, left / whole)),
    level: left <= SOON_MS ? 'soon' : 'calm',
    over: left <= 0,
    stale: left <= -STALE_MS,
  };
}
