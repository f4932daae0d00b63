import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { faqLimits, type FaqTrial } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { FaqPreview } from './faq-preview.js';
import styles from './try-box.module.css';

interface Props {
  accountId: string;
  /** What was put here from elsewhere. */
  asked: string;
  onAsk: (question: string) => void;
  onOpen: (entryId: string) => void;
}

/** What the bot would answer, and why. */
export function TryBox({ accountId, asked, onAsk, onOpen }: Props) {
  const { t } = useTranslation();
  const [answeredAt, setAnsweredAt] = useState('');
  const trial = useMutation({
    mutationFn: (question: string) => api.tryFaq({ accountId, question }),
    onSuccess: (_, question) => setAnsweredAt(question),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked.trim() !== '') trial.mutate(asked.trim().slice(0, faqLimits.question));
  };
  return (
    <section className={styles.box} aria-label={t('faq.try.title')} data-testid="faq-try">
      <h2>{t('faq.try.title')}</h2>
      <p className={styles.about}>{t('faq.try.about')}</p>
      <form onSubmit={submit}>
        <TextInput
          label={t('faq.try.label')}
          placeholder={t('faq.try.placeholder')}
          maxLength={faqLimits.question}
          value={asked}
          onChange={(event) => onAsk(event.currentTarget.value)}
          data-testid="try-question"
        />
        <Button type="submit" variant="light" loading={trial.isPending} data-testid="try-submit">
          {t('faq.try.submit')}
        </Button>
      </form>
      <div aria-live="polite" className={styles.result}>
        {trial.isError && <p className={styles.bad}>{t('faq.try.failed')}</p>}
        {trial.data && <Result trial={trial.data} question={answeredAt} onOpen={onOpen} />}
      </div>
    </section>
  );
}

const percent = (share: number): string => String(Math.round(share * 100));

interface ResultProps {
  trial: FaqTrial;
  question: string;
  onOpen: (entryId: string) => void;
}

function Result({ trial: { verdict, reply, candidates, thresholds }, question, onOpen }: ResultProps) {
  const { t } = useTranslation();
  return (
    <div data-testid="try-result" data-verdict={verdict}>
      <p className={styles.question}>{question}</p>
      <h3>{t('faq.try.reply')}</h3>
      <p className={styles.verdict} data-verdict={verdict}>
        {t(`faq.try.verdict.${verdict}`)}
      </p>
      <FaqPreview text={reply.text} suggestions={reply.suggestions ?? []} />
      {verdict !== 'courtesy' && (
        <>
          <h3>{t('faq.try.why')}</h3>
          {candidates.length === 0 ? (
            <p className={styles.dim}>{t('faq.try.none')}</p>
          ) : (
            <>
              <ol className={styles.candidates}>
                {candidates.map(({ entryId, title, likelihood, likeness, covered, offered }) => (
                  <li key={entryId} data-offered={offered || undefined}>
                    <button type="button" onClick={() => onOpen(entryId)} aria-label={t('faq.try.open', { title })}>
                      {title}
                    </button>
                    <b>{t('faq.try.share', { percent: percent(likelihood) })}</b>
                    <span className={styles.track} aria-hidden>
                      <span style={{ width: `${percent(likelihood)}%` }} />
                      <i style={{ left: `${percent(thresholds.ask)}%` }} />
                      <i style={{ left: `${percent(thresholds.answer)}%` }} />
                    </span>
                    <small>
                      {`${t('faq.try.likeness')} ${t('faq.try.share', { percent: percent(likeness) })} · ${t('faq.try.covered')} ${t('faq.try.share', { percent: percent(covered) })}`}
                    </small>
                  </li>
                ))}
              </ol>
              <p className={styles.dim}>
                {t('faq.try.limits', { answer: percent(thresholds.answer), ask: percent(thresholds.ask) })}
              </p>
            </>
          )}
        </>
      )}
    </div>
  );
}
