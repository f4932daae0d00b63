import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaretMenu } from '../conversations/composer/caret-menu.js';
import { drafts } from '../desk.js';
import { searchIn } from '../matching/ranking.js';
import { addMention } from './mention-ranges.js';
import { readersQuery } from './queries.js';
import styles from './writing.module.css';

const SHOWN = 8;

/** `@` in a note: the colleagues who may read this conversation, and nobody else. */
export const mentionMenu: CaretMenu = {
  name: 'mention',
  sign: { forms: '@@', after: 'word' },
  tabs: ['note'],
  useChoices: (query, writing) => {
    const { t } = useTranslation();
    const { conversationId } = writing;
    const { data, isError } = useQuery(readersQuery(conversationId));
    const search = useMemo(() => searchIn(data ?? [], { names: ({ name }) => [name] }), [data]);
    return {
      label: t('writing.mentionLabel'),
      state: data ? 'ready' : isError ? 'failed' : 'loading',
      empty: t('writing.mentionNobody'),
      items: search(query, SHOWN).map(({ id, name, role }) => ({
        key: id,
        content: (
          <span className={styles.person}>
            <span className={styles.face} aria-hidden>
              {[...name][0]}
            </span>
            <span className={styles.name}>{name}</span>
            <small>{t(`role.${role}`)}</small>
          </span>
        ),
        pick: (stretch) => {
          const called = `@${name}`;
          writing.insert(`${called} `, stretch);
          const { note, mentions } = drafts.get(conversationId);
          if (!note.startsWith(called, stretch.from)) return;
          const made = { agentId: id, start: stretch.from, length: called.length };
          drafts.write(conversationId, { mentions: addMention(mentions, made) });
        },
      })),
    };
  },
};
