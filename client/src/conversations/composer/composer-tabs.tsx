import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Tab } from './writing.js';
import styles from './composer.module.css';

interface Props {
  conversationId: string;
  tab: Tab;
  mayNote: boolean;
  onChoose: (tab: Tab) => void;
}

export function ComposerTabs({ conversationId: id, tab, mayNote, onChoose }: Props) {
  const { t } = useTranslation();
  const note = tab === 'note';
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('composer.tabs')}>
      <button
        type="button"
        role="tab"
        id={`tab-reply-${id}`}
        aria-selected={!note}
        aria-controls={`write-${id}`}
        tabIndex={note ? -1 : 0}
        className={styles.tab}
        onClick={() => onChoose('reply')}
        onKeyDown={(event) => event.key === 'ArrowRight' && mayNote && onChoose('note')}
        data-testid="tab-reply"
      >
        {t('composer.reply')}
      </button>
      {mayNote && (
        <button
          type="button"
          role="tab"
          id={`tab-note-${id}`}
          aria-selected={note}
          aria-controls={`write-${id}`}
          tabIndex={note ? 0 : -1}
          className={styles.tab}
          onClick={() => onChoose('note')}
          onKeyDown={(event) => event.key === 'ArrowLeft' && onChoose('reply')}
          data-testid="tab-note"
        >
          <IconLock size={13} aria-hidden />
          {t('composer.note')}
        </button>
      )}
      <span className={styles.hint}>{note && t('composer.noteHint')}</span>
    </div>
  );
}
