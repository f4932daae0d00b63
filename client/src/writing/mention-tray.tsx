import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TrayPart } from '../conversations/composer/tray-part.js';
import { useDraft } from '../outbox/use-draft.js';
import styles from './writing.module.css';

/** Over a note: who will be told of it. */
export const mentionTray: TrayPart = {
  name: 'mentions',
  View: ({ writing }) => {
    const { t } = useTranslation();
    const { note, mentions } = useDraft(writing.conversationId);
    if (writing.tab !== 'note' || mentions.length === 0) return null;
    const names = [...new Set(mentions.map(({ start, length }) => note.slice(start, start + length)))];
    return (
      <p className={styles.tells} data-testid="mention-tray">
        <IconBell size={14} aria-hidden />
        {t('writing.tells')}
        {names.map((name) => (
          <span key={name} className={styles.chip}>
            {name}
          </span>
        ))}
      </p>
    );
  },
  useHolds: () => false,
  send: () => undefined,
};
