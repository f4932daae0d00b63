import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { useLocale } from '../i18n/i18n.js';
import { formatDateTime } from '../time/format.js';
import { ActDialog } from './act-dialog.js';
import { DecisionCard } from './decision-card.js';
import { DecisionWords } from './decision-words.js';
import { decisionsQuery, queueNamesQuery, skillNamesQuery } from './queries.js';
import styles from './reasons.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
  /** Null: the newest one. */
  contactId: string | null;
}

/** 割当の理由 of one contact: the newest decision in full, the older ones below. */
export function ReasonsDialog({ opened, onClose, detail, contactId }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('acts.reasons')} size={640} large>
      <Reasons detail={detail} contactId={contactId} />
    </ActDialog>
  );
}

function Reasons({ detail, contactId }: Pick<Props, 'detail' | 'contactId'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { conversation: row, contacts } = detail;
  const contact = contacts.find(({ id }) => id === contactId) ?? contacts[0];
  const decisions = useQuery(decisionsQuery(row.id, row.contact));
  const queues = useQuery(queueNamesQuery());
  const skills = useQuery(skillNamesQuery());
  if (decisions.isError && !decisions.data) return <p role="alert">{t('acts.reasonsFailed')}</p>;
  if (!decisions.data || queues.isPending || skills.isPending) return <p role="status">{t('common.loading')}</p>;
  const words = new DecisionWords(t, locale, {
    queue: (id) => queues.data?.find((queue) => queue.id === id)?.name ?? null,
    skill: (id) => skills.data?.find((skill) => skill.id === id)?.name ?? null,
  });
  const [newest, ...older] = decisions.data.filter((decision) => decision.contactId === contact?.id);
  return (
    <div className={styles.reasons} data-testid="reasons-panel">
      {contact && (
        <p className={styles.of}>
          {t('acts.reasonsContact', { time: formatDateTime(Date.parse(contact.enqueuedAt), locale) })}
        </p>
      )}
      {newest ? <DecisionCard decision={newest} words={words} opened /> : <p>{t('acts.reasonsNone')}</p>}
      {older.length > 0 && <h3 className={styles.older}>{t('acts.older', { count: older.length })}</h3>}
      {older.map((decision) => (
        <DecisionCard key={decision.id} decision={decision} words={words} />
      ))}
    </div>
  );
}
