import { useTranslation } from 'react-i18next';
import type { QueueSummary } from '#libs/contracts/index.js';
import dots from '../agents/my-state.module.css';
import { useStateWord } from '../agents/state-word.js';
import { useLocale } from '../i18n/i18n.js';
import { formatElapsed } from '../time/format.js';
import type { Person } from './people.js';
import styles from './faces.module.css';

/** Somebody to hand a contact to: how she is, how full, and what keeps her from being asked. */
export function PersonFace({ person, extra }: { person: Person; extra?: string | undefined }) {
  const { t } = useTranslation();
  const word = useStateWord();
  const { state, kept } = person;
  return (
    <span className={styles.face} data-kept={kept ?? undefined}>
      <span className={styles.name}>
        {person.name} <small>{extra ?? t(`role.${person.role}`)}</small>
      </span>
      <span className={styles.state}>
        <span className={dots.dot} data-of={state?.state ?? 'offline'} aria-hidden />
        {state === null ? t('acts.unknownState') : word(state.state, state.reason)}
      </span>
      <span className={styles.number}>
        {state !== null && state.used !== null
          ? t('acts.slots', { used: state.used, capacity: state.capacity })
          : state !== null && t('agents.capacityIs', { capacity: state.capacity })}
      </span>
      {kept !== null && <span className={styles.why}>{t(kept === 'full' ? 'acts.full' : 'acts.keptAway')}</span>}
    </span>
  );
}

/** A queue to hand a contact to: what waits there, and who is there to take it. */
export function QueueFace({ queue, here }: { queue: QueueSummary; here: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const span = (seconds: number) => formatElapsed(seconds * 1000, locale);
  return (
    <span className={styles.face}>
      <span className={styles.name}>
        {queue.name} {here && <small>{t('acts.here')}</small>}
      </span>
      <span className={styles.state}>
        {queue.ready === 0 ? t('acts.nobodyReady') : t('acts.ready', { count: queue.ready, slots: queue.freeSlots })}
      </span>
      <span className={styles.number}>{t('acts.waiting', { count: queue.waiting })}</span>
      {!queue.open && <span className={styles.why}>{t('acts.queueClosed')}</span>}
      {queue.open && queue.expectedWait !== null && (
        <span className={styles.dim}>
          {t('acts.expectedWait', {
            from: span(queue.expectedWait.fromSeconds),
            to: span(queue.expectedWait.toSeconds),
          })}
        </span>
      )}
    </span>
  );
}
