import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaqUnanswered } from '#libs/contracts/index.js';
import { modKey } from '../console/use-shortcuts.js';
import { showFault, showNotice } from '../console/notices.js';
import { api } from '../http/api.js';
import { useLocale } from '../i18n/i18n.js';
import { formatRecent } from '../time/format.js';
import { serverNow } from '../time/clock.js';
import { faqKeys, unansweredQuery } from './queries.js';
import styles from './unanswered-tab.module.css';

interface Props {
  accountId: string;
  onAnswer: (questionId: string) => void;
}

/** What the bot had no answer to: one key makes an entry of it, with an agent's own answer where there was one. */
export function UnansweredTab({ accountId, onAnswer }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, isError, refetch, isFetching } = useQuery(unansweredQuery());
  const list = useRef<HTMLUListElement>(null);
  const questions = data?.filter((each) => each.accountId === accountId);
  const settle = useMutation({
    mutationFn: (question: FaqUnanswered) => api.settleFaq(question.ids),
    onSuccess: (_, { id }) => {
      client.setQueryData<FaqUnanswered[]>(faqKeys.unanswered, (known) => known?.filter((each) => each.id !== id));
      showNotice(t('faq.unanswered.settled'), 'news');
    },
    onError: showFault,
  });
  // Whoever opens this list came for it: the keys begin at its first line.
  const ready = questions !== undefined && questions.length > 0;
  useEffect(() => {
    if (ready) list.current?.querySelector<HTMLElement>('[data-answer]')?.focus({ preventScroll: true });
  }, [ready]);
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-answer]')];
    const row = (event.target as HTMLElement).closest('li');
    const at = all.findIndex((each) => row?.contains(each));
    const next = all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  if (isError && !data)
    return (
      <p role="alert" className={styles.failed}>
        {t('faq.unanswered.failed')}
        <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('faq.retry')}
        </Button>
      </p>
    );
  if (!questions) return <div aria-busy />;
  return (
    <section className={styles.tab} aria-label={t('faq.unanswered.title')} data-testid="faq-unanswered">
      <header>
        <h2>{t('faq.unanswered.title')}</h2>
        <p>{t('faq.unanswered.about')}</p>
        {questions.length > 0 && <p className={styles.keys}>{t('faq.unanswered.keys', { key: `${modKey}+Enter` })}</p>}
      </header>
      {questions.length === 0 ? (
        <p className={styles.none} role="status">
          {t('faq.unanswered.none')}
        </p>
      ) : (
        <ul ref={list} onKeyDown={onKeyDown}>
          {questions.map((question) => (
            <Question
              key={question.id}
              question={question}
              onAnswer={() => onAnswer(question.id)}
              onSettle={() => settle.mutate(question)}
              busy={settle.isPending && settle.variables.id === question.id}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface QuestionProps {
  question: FaqUnanswered;
  onAnswer: () => void;
  onSettle: () => void;
  busy: boolean;
}

function Question({ question: each, onAnswer, onSettle, busy }: QuestionProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { question, also, count, verdict, nearest, reply, conversationId, at } = each;
  return (
    <li data-testid="unanswered-row">
      <div className={styles.words}>
        <p className={styles.question}>
          <b>{question}</b>
          {count > 1 && <small>{t('faq.unanswered.count', { count })}</small>}
        </p>
        {also.length > 0 && <p className={styles.dim}>{`${t('faq.unanswered.also')}: ${also.join(' / ')}`}</p>}
        <p className={styles.dim}>
          {[
            formatRecent(Date.parse(at), serverNow(), locale),
            t(verdict === 'ask' ? 'faq.unanswered.ask' : 'faq.unanswered.unsure'),
            nearest && t('faq.unanswered.nearest', { title: nearest.title }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {reply !== null && (
          <p className={styles.reply}>
            <span>{t('faq.unanswered.reply')}</span>
            {reply}
          </p>
        )}
      </div>
      <div className={styles.acts}>
        <Button size="compact-sm" data-answer onClick={onAnswer} data-testid="answer-question">
          {t('faq.unanswered.create')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          onClick={onSettle}
          aria-label={t('faq.unanswered.settleOf', { question })}
          data-testid="settle-question"
        >
          {t('faq.unanswered.settle')}
        </Button>
        <Link to="/c/$conversationId" params={{ conversationId }} search={(old) => old}>
          {t('faq.unanswered.open')}
        </Link>
      </div>
    </li>
  );
}
