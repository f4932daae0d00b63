import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrayPart } from '../conversations/composer/tray-part.js';
import type { Writing } from '../conversations/composer/writing.js';
import { chipsOf, hangChips, watchChips } from './chips.js';
import styles from './chips-part.module.css';

/** The buttons that will stand under the message. */
export const chipsPart: TrayPart = {
  name: 'chips',
  View: Chips,
  // Buttons without words are no message.
  useHolds: () => false,
  // They travel with the words: see the composer.
  send: () => undefined,
};

function Chips({ writing: { conversationId, tab, text } }: { writing: Writing }) {
  const { t } = useTranslation();
  const chips = useSyncExternalStore(watchChips, () => chipsOf(conversationId));
  const written = useRef(text !== '');
  useEffect(() => {
    if (tab !== 'reply') return;
    // Taken out of the field, the words take their buttons along.
    if (text === '' && written.current) hangChips(conversationId, []);
    written.current = text !== '';
  }, [conversationId, tab, text]);
  if (tab !== 'reply' || chips.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label={t('canned.chips.label')} data-testid="chips">
      <span>{t('canned.chips.label')}</span>
      <ul>
        {chips.map(({ label }) => (
          <li key={label}>
            {label}
            <ActionIcon
              size="xs"
              aria-label={t('canned.chips.remove', { label })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() =>
                hangChips(
                  conversationId,
                  chips.filter((chip) => chip.label !== label),
                )
              }
            >
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </div>
  );
}
