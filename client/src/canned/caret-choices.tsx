import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CannedResponse } from '#libs/contracts/index.js';
import type { CaretItem, CaretMenu } from '../conversations/composer/caret-menu.js';
import type { Stretch, Writing } from '../conversations/composer/writing.js';
import { useCannedSearch } from './canned-search.js';
import { hangChips } from './chips.js';
import { useConversationFacts } from './conversation-facts.js';
import { fillIn, placeholdersIn, type Placeholder } from './placeholders.js';
import { cannedQuery } from './queries.js';
import { selectInField } from './select-in-field.js';
import { noteTaken } from './taken.js';
import styles from './caret-choices.module.css';

const MOST = 30;

/** `/` in the composer: 定型文, by name, reading or shortcut, filled with what is known when they are taken. */
export const cannedMenu: CaretMenu = {
  name: 'canned',
  sign: { forms: '/\uff0f', after: 'gap' },
  tabs: ['reply', 'note'],
  useChoices: (query, writing) => {
    const { t } = useTranslation();
    const { data, isError } = useQuery(cannedQuery());
    const facts = useConversationFacts(writing.detail);
    const search = useCannedSearch(data?.responses);
    const { accountId } = writing.detail.conversation;
    const fitting = (search?.(query) ?? []).filter(
      ({ scope, ownerId }) => scope !== 'account' || ownerId === accountId,
    );
    return {
      label: t('canned.caret.label'),
      state: search ? 'ready' : isError ? 'failed' : 'loading',
      items: fitting.slice(0, MOST).map((response): CaretItem => ({
        key: response.id,
        content: <Choice response={response} />,
        pick: (stretch) => take(response, facts, writing, stretch),
      })),
      empty: t(data?.responses.length === 0 ? 'canned.caret.none' : 'canned.caret.notFound'),
    };
  },
};

function take(
  { id, content }: CannedResponse,
  facts: (of: Placeholder) => string | null,
  writing: Writing,
  stretch: Stretch,
): void {
  const text = fillIn(content.text, facts);
  writing.insert(text, stretch);
  if (writing.tab === 'reply') {
    noteTaken(writing.conversationId, id);
    if (content.suggestions?.length) hangChips(writing.conversationId, content.suggestions);
  }
  // What nobody could fill is where the cursor is wanted.
  const [open] = placeholdersIn(text);
  if (open) selectInField(stretch.from + open.from, stretch.from + open.to);
}

function Choice({ response: { name, shortcut, scope, folder, content } }: { response: CannedResponse }) {
  const { t } = useTranslation();
  return (
    <div className={styles.choice}>
      <div className={styles.head}>
        <b>{name}</b>
        {shortcut !== null && <code>{`/${shortcut}`}</code>}
        <small>{folder === '' ? t(`canned.scope.${scope}`) : folder}</small>
      </div>
      <p className={styles.text}>{content.text}</p>
      {content.suggestions && content.suggestions.length > 0 && (
        <p className={styles.chips}>{content.suggestions.map(({ label }) => label).join(' · ')}</p>
      )}
    </div>
  );
}
