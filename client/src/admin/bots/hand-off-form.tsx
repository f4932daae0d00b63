import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { botAdminLimits as limits, type AccountBots } from '#libs/contracts/index.js';
import { botKeys } from '../../bots/queries.js';
import { showNotice } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { wordsOf } from './hand-off-words.js';
import styles from './bots-screen.module.css';

/** What is said when people take over, and the words that lead to them. */
export function HandOffForm({ desk }: { desk: AccountBots }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState<{ text: string; words: string } | null>(null);
  const kept = { text: desk.handOffText ?? '', words: desk.words.join('\n') };
  const { text, words } = typed ?? kept;
  const read = wordsOf(words);
  const tooLong = read.find((word) => word.length > limits.word);
  const faults = {
    text: text.length > limits.handOffText ? t('bots.admin.textTooLong', { most: limits.handOffText }) : null,
    words:
      tooLong !== undefined
        ? t('bots.admin.wordTooLong', { most: limits.word, word: tooLong })
        : read.length > limits.words
          ? t('bots.admin.tooManyWords', { most: limits.words })
          : null,
  };
  const changed = text !== kept.text || read.join('\n') !== kept.words;
  const right = faults.text === null && faults.words === null;
  const save = useMutation({
    mutationFn: () =>
      api.setAccountBots(desk.accountId, { handOffText: text.trim() === '' ? null : text.trim(), words: read }),
    onSuccess: (saved) => {
      client.setQueryData<AccountBots[]>(botKeys.accounts, (known) =>
        known?.map((each) => (each.accountId === saved.accountId ? saved : each)),
      );
      setTyped(null);
      showNotice(t('bots.admin.saved'), 'news');
    },
  });
  return (
    <section className={styles.section}>
      <h2>{t('bots.admin.handOff')}</h2>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (right && changed && !save.isPending) save.mutate();
        }}
      >
        <Textarea
          label={t('bots.admin.text')}
          description={t('bots.admin.textHint')}
          placeholder={t('bots.admin.textUsual')}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          error={faults.text}
          onChange={(event) => setTyped({ text: event.currentTarget.value, words })}
          data-testid="hand-off-text"
        />
        <Textarea
          label={t('bots.admin.words')}
          description={t('bots.admin.wordsHint')}
          autosize
          minRows={2}
          maxRows={10}
          value={words}
          error={faults.words}
          onChange={(event) => setTyped({ text, words: event.currentTarget.value })}
          data-testid="hand-off-words"
        />
        <p role="alert" className={styles.fault}>
          {save.isError && t(`errors.${toApiError(save.error).code}`)}
        </p>
        <Button type="submit" size="sm" disabled={!changed || !right} loading={save.isPending} data-testid="save-words">
          {t('bots.admin.save')}
        </Button>
      </form>
    </section>
  );
}
