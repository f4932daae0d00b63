import { IconAlertTriangleFilled, IconClock, IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/i18n.js';
import { useServerSecond } from '../../time/clock.js';
import { formatElapsed } from '../../time/format.js';
import { waitLevel } from './wait-level.js';
import styles from './wait-timer.module.css';

const icons = { calm: IconClock, soon: IconClockExclamation, late: IconAlertTriangleFilled };

/** Counts up for the eyes only: a screen reader hears that somebody waits, not each second of it. */
export function WaitTimer({ since }: { since: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const waited = Math.max(0, useServerSecond() - Date.parse(since));
  const level = waitLevel(waited);
  const Icon = icons[level];
  return (
    <span className={styles.wait} data-level={level} data-testid="wait-timer">
      <span className="visually-hidden">{t('list.waiting')}</span>
      <Icon size={13} aria-hidden />
      <span aria-hidden>{formatElapsed(waited, locale)}</span>
    </span>
  );
}
