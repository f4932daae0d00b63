import { Tooltip } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { live } from '../desk.js';
import { useLocale } from '../i18n/i18n.js';
import { formatClock } from '../time/format.js';
import styles from './connection-banner.module.css';

/** A first connection that takes no longer than this says nothing. */
const FIRST_PATIENCE_MS = 3_000;

export function useConnection() {
  return useSyncExternalStore(live.subscribe, live.state);
}

export function ConnectionDot() {
  const { t } = useTranslation();
  const { status } = useConnection();
  return (
    <Tooltip label={t(`connection.${status}`)}>
      <span
        className={styles.dot}
        data-status={status}
        data-testid="connection"
        role="img"
        aria-label={t(`connection.${status}`)}
      />
    </Tooltip>
  );
}

/** In the place of the account, so that nothing moves when it comes and goes. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { status, confirmedAt } = useConnection();
  const [patience, setPatience] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatience(false), FIRST_PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const shown = status !== 'online' && (confirmedAt !== null || !patience);
  return (
    <div role="status" className={styles.place}>
      {shown && (
        <div className={styles.banner} data-testid="banner" title={t('connection.hint')}>
          <IconPlugConnectedX size={16} aria-hidden />
          <span>
            {confirmedAt === null
              ? t('connection.bannerNever')
              : t('connection.banner', { time: formatClock(confirmedAt, locale) })}
          </span>
        </div>
      )}
    </div>
  );
}
