import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faqLimits, type FaqBook } from '#libs/contracts/index.js';
import { LeaveGuard } from '../admin/queues/leave-guard.js';
import { showFault, showNotice } from '../console/notices.js';
import { api } from '../http/api.js';
import { faqKeys } from './queries.js';
import { readRewordings, writeRewordings } from './rewordings.js';
import styles from './rewordings-tab.module.css';

/** 言い換え: what customers of this account call one and the same thing. */
export function RewordingsTab({ accountId, book }: { accountId: string; book: FaqBook }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const stored = book.rewordings.find((each) => each.accountId === accountId)?.groups ?? [];
  const before = writeRewordings(stored, i18n.language === 'en' ? ', ' : '、');
  const [text, setText] = useState(before);
  const groups = readRewordings(text);
  const changed = JSON.stringify(groups) !== JSON.stringify(stored);
  const long = groups.flat().find((word) => word.length > faqLimits.rewordingWord);
  const wide = groups.find((words) => words.length > faqLimits.rewordingWords);
  const fault = long
    ? t('faq.fault.tooLong', { limit: faqLimits.rewordingWord, actual: long.length })
    : wide
      ? t('faq.fault.tooMany', { limit: faqLimits.rewordingWords, actual: wide.length })
      : groups.length > faqLimits.rewordings
        ? t('faq.fault.tooMany', { limit: faqLimits.rewordings, actual: groups.length })
        : null;
  const save = useMutation({
    mutationFn: () => api.rewordFaq(accountId, groups),
    onSuccess: (kept) => {
      client.setQueryData<FaqBook>(
        faqKeys.book,
        (known) =>
          known && {
            ...known,
            rewordings: [...known.rewordings.filter((each) => each.accountId !== accountId), kept],
          },
      );
      showNotice(t('faq.rewordings.saved'), 'news');
    },
    onError: showFault,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fault === null && changed) save.mutate();
  };
  return (
    <form className={styles.tab} onSubmit={submit} data-testid="faq-rewordings">
      <LeaveGuard name={t('faq.rewordings.title')} unsaved={changed} gone={false} onGone={() => undefined} />
      <h2>{t('faq.rewordings.title')}</h2>
      <p>{t('faq.rewordings.about')}</p>
      <Textarea
        label={t('faq.rewordings.label')}
        placeholder={t('faq.rewordings.example')}
        autosize
        minRows={8}
        maxRows={24}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fault}
        data-testid="rewordings-text"
      />
      <footer>
        <span>{t('faq.rewordings.words', { count: groups.length })}</span>
        <Button
          type="submit"
          disabled={!changed || fault !== null}
          loading={save.isPending}
          data-testid="save-rewordings"
        >
          {t('faq.rewordings.save')}
        </Button>
      </footer>
    </form>
  );
}
