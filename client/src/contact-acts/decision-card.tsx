import { useTranslation } from 'react-i18next';
import type { DecisionView } from '#libs/contracts/index.js';
import { useLocale } from '../i18n/i18n.js';
import { formatClock, formatDateTime, formatTime } from '../time/format.js';
import { othersOf } from './decision-reason.js';
import type { DecisionWords } from './decision-words.js';
import styles from './reasons.module.css';

interface Props {
  decision: DecisionView;
  words: DecisionWords;
  opened?: boolean;
}

/** One decision, to be read from top to bottom: who, when, how it ended; why her; why nobody else. */
export function DecisionCard({ decision, words, opened = false }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const at = Date.parse(decision.at);
  const others = othersOf(decision);
  const outcome = words.outcome(decision);
  return (
    <details className={styles.decision} open={opened} data-testid="decision" data-path={decision.path}>
      <summary>
        <b>{t('why.title', { name: decision.chosen.name })}</b>
        <span className={styles.outcome} data-outcome={decision.outcome ?? 'none'} data-testid="decision-outcome">
          {outcome}
        </span>
        {/* To the second: two of them may be moments apart. */}
        <time dateTime={decision.at}>
          {formatDateTime(at, locale).replace(formatTime(at, locale), formatClock(at, locale))}
        </time>
      </summary>
      <p>{words.path(decision)}</p>
      <p>{words.waited(decision)}</p>
      <h4>{t('why.whyHer')}</h4>
      <ul className={styles.because} data-testid="decision-why">
        {words.chosen(decision).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h4>{t(decision.path === 'engine' ? 'why.whyNot' : 'why.others')}</h4>
      {others.length === 0 && <p>{t('why.nobodyElse')}</p>}
      {others.length > 0 && (
        <ul className={styles.others}>
          {others.map((candidate) => (
            <li key={candidate.agent.id} data-testid="decision-other" data-agent-id={candidate.agent.id}>
              <span className={styles.name}>{candidate.agent.name}</span>
              <span className={styles.slots}>
                {t('why.slots', { used: candidate.used, capacity: candidate.capacity })}
              </span>
              <span className={styles.why}>
                {words.notChosen(candidate, decision).map((sentence) => (
                  <span key={sentence}>{sentence}</span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {decision.more > 0 && <p className={styles.more}>{t('why.more', { count: decision.more })}</p>}
    </details>
  );
}
