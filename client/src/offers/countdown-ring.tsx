import type { OfferView } from '#libs/contracts/index.js';
import { useServerSecond } from '../time/clock.js';
import { countdown } from './countdown.js';
import styles from './offers.module.css';

const RADIUS = 16;
const ROUND = 2 * Math.PI * RADIUS;

/** For the eyes only: a screen reader is told the deadline once, not each second of it. */
export function CountdownRing({ offer, small = false }: { offer: OfferView; small?: boolean }) {
  const { seconds, share, level } = countdown(offer, useServerSecond());
  return (
    <span
      className={styles.ring}
      data-level={level}
      data-small={small || undefined}
      data-testid="countdown"
      aria-hidden
    >
      <svg viewBox="0 0 40 40">
        <circle cx="20" cy="20" r={RADIUS} className={styles.track} />
        <circle
          cx="20"
          cy="20"
          r={RADIUS}
          className={styles.left}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - share)}
        />
      </svg>
      <b>{seconds}</b>
    </span>
  );
}
