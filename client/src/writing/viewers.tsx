import { Tooltip } from '@mantine/core';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useWriters } from '../conversations/typing-store.js';
import { typing, viewers, viewing } from '../desk.js';
import { useSession } from '../session/session.js';
import styles from './writing.module.css';

/** Colleagues who look at this conversation now, and who of them writes a reply. Says as well that one looks oneself. */
export function Viewers({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { agent: me } = useSession();
  useEffect(() => {
    viewing.show(conversationId);
    return () => viewing.show(null);
  }, [conversationId]);
  const seen = useWriters(viewers, conversationId);
  const writers = useWriters(typing, conversationId).filter(({ kind, id }) => kind === 'agent' && id !== me.id);
  const writes = new Set(writers.map(({ id }) => id));
  const others = seen.filter(({ id }) => id !== me.id && !writes.has(id));
  const name = ({ name: known }: { name: string | null }) => known ?? t('thread.someone');
  const names = (people: readonly { name: string | null }[]) => people.map(name).join(t('writing.and'));
  if (others.length === 0 && writers.length === 0) return null;
  const all = [
    writers.length > 0 ? t('writing.writes', { name: names(writers) }) : null,
    others.length > 0 ? t('writing.views', { name: names(others) }) : null,
  ].filter((each) => each !== null);
  return (
    <Tooltip label={all.join(' ')} maw={320}>
      <span className={styles.viewers} data-writing={writers.length > 0 || undefined} data-testid="viewers">
        {writers.length > 0 ? <IconPencil size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
        <span role="status">{all[0]}</span>
        {all.length > 1 && <span aria-hidden>{`+${others.length}`}</span>}
      </span>
    </Tooltip>
  );
}
