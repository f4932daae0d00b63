import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrayPart } from '../conversations/composer/tray-part.js';
import type { Writing } from '../conversations/composer/writing.js';
import { placeholdersIn } from './placeholders.js';
import { forbiddenQuery } from './queries.js';
import { selectInField } from './select-in-field.js';
import { countTaken, dropTaken } from './taken.js';
import styles from './unfilled-part.module.css';

/** What nobody has filled in yet stays before the eyes until somebody does. */
export const unfilledPart: TrayPart = {
  name: 'unfilled',
  View: Unfilled,
  // It is no message by itself.
  useHolds: () => false,
  send: ({ conversationId, tab }) => tab === 'reply' && countTaken(conversationId),
};

function Unfilled({ writing }: { writing: Writing }) {
  const { t } = useTranslation();
  // Known before something is sent: the check that needs them waits for nothing.
  useQuery(forbiddenQuery());
  const { conversationId, tab, text } = writing;
  useEffect(() => {
    // Thrown away, so not used.
    if (tab === 'reply' && text === '') dropTaken(conversationId);
  }, [conversationId, tab, text]);
  const open = tab === 'reply' ? placeholdersIn(text) : [];
  if (open.length === 0) return null;
  return (
    <div className={styles.unfilled} role="group" aria-label={t('canned.unfilled.label')} data-testid="unfilled">
      <span>{t('canned.unfilled.label')}</span>
      {open.map(({ written, from, to }) => (
        <button
          key={from}
          type="button"
          aria-label={t('canned.unfilled.jump', { word: written })}
          // The cursor stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            writing.focus();
            selectInField(from, to);
          }}
          data-testid="unfilled-word"
        >
          {written}
        </button>
      ))}
    </div>
  );
}
