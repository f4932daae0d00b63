import { IconBan, IconBellOff, IconShieldCheck, IconUserOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerView } from '#libs/contracts/index.js';
import { serverNow } from '../../time/clock.js';
import styles from './standing-chips.module.css';

/** A timer cannot be longer than some weeks; nobody looks at one customer for so long. */
const LONGEST_MS = 60 * 60_000;

export type Verified = 'verified' | 'expired' | 'none';

/** Ends by itself on the screen too, in the moment it ends. */
export function useVerified(until: string | null): Verified {
  const [now, setNow] = useState(serverNow);
  const end = until === null ? null : Date.parse(until);
  useEffect(() => {
    if (end === null || end <= now) return undefined;
    const left = Math.max(0, end - serverNow()) + 100;
    const timer = setTimeout(() => setNow(serverNow()), Math.min(LONGEST_MS, left));
    return () => clearTimeout(timer);
  }, [end, now]);
  if (end === null) return 'none';
  return end > now ? 'verified' : 'expired';
}

/** Only what matters before one writes: nothing stands here for most customers. */
export function StandingChips({ customer, quiet = false }: { customer: CustomerView; quiet?: boolean }) {
  const { t } = useTranslation();
  const verified = useVerified(customer.verifiedUntil);
  const chips = [
    customer.former && { key: 'former', icon: IconUserOff, text: t('customers.standing.former') },
    customer.blocked && { key: 'blocked', icon: IconBan, text: t('customers.standing.blocked') },
    customer.optedOut && { key: 'optedOut', icon: IconBellOff, text: t('customers.standing.optedOut') },
    verified === 'verified' && { key: 'verified', icon: IconShieldCheck, text: t('customers.identity.verified') },
  ].filter((chip) => chip !== false);
  if (chips.length === 0) return null;
  return (
    <span className={styles.chips} data-quiet={quiet || undefined} data-testid="standing">
      {chips.map(({ key, icon: Icon, text }) => (
        <span key={key} className={styles.chip} data-kind={key} title={text}>
          <Icon size={13} aria-hidden />
          <span>{text}</span>
        </span>
      ))}
    </span>
  );
}
