import { useTranslation } from 'react-i18next';
import type { QueueSummary } from '#libs/contracts/index.js';
import { useLocale } from '../../i18n/i18n.js';
import { serverNow } from '../../time/clock.js';
import { dayKey, formatDateTime, formatTime } from '../../time/format.js';
import styles from './queue-list.module.css';

const TOKYO = 'Asia/Tokyo';

/** Whether it takes somebody in at this moment, and until when. */
export function OpenState({ queue }: { queue: QueueSummary }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const at = queue.changesAt === null ? null : Date.parse(queue.changesAt);
  const today = at !== null && dayKey(at, TOKYO) === dayKey(serverNow(), TOKYO);
  const time = at === null ? '' : today ? formatTime(at, locale, TOKYO) : formatDateTime(at, locale, TOKYO);
  const state = !queue.active ? 'inactive' : queue.open ? 'open' : 'closed';
  return (
    <span className={styles.state} data-testid="open-state" data-state={state}>
      <span className={styles.dot} aria-hidden />
      {t(`queues.state.${state}`)}
      {queue.active && time !== '' && (
        <small>{t(queue.open ? 'queues.list.openUntil' : 'queues.list.opensAt', { time })}</small>
      )}
    </span>
  );
}
