import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queueLimits as limits, type QueueMembership, type QueueSummary } from '#libs/contracts/index.js';
import { readWhole } from '../admin/queues/written.js';
import styles from './agents-dialog.module.css';

/** One queue as it stands in the form; numbers as they were typed. */
export interface DraftMembership {
  queueId: string;
  rank: string;
  delay: string;
}

export function draftOf(memberships: readonly QueueMembership[]): DraftMembership[] {
  return memberships.map(({ queueId, rank, delaySeconds }) => ({
    queueId,
    rank: String(rank),
    delay: String(delaySeconds),
  }));
}

/** null: something that is typed is no number, or too far. */
export function membershipsOf(draft: readonly DraftMembership[]): QueueMembership[] | null {
  const all = draft.map(({ queueId, rank, delay }) => ({
    queueId,
    rank: readWhole(rank),
    delaySeconds: readWhole(delay),
  }));
  return all.every(({ rank, delaySeconds }) => fitsRank(rank) && fitsDelay(delaySeconds)) ? all : null;
}

interface Props {
  queues: readonly QueueSummary[];
  draft: readonly DraftMembership[];
  onChange: (draft: DraftMembership[]) => void;
}

/** Which queues she is a member of, and which comes first: the same rows that the queue's own editor shows. */
export function AgentQueues({ queues, draft, onChange }: Props) {
  const { t } = useTranslation();
  const change = (queueId: string, part: Partial<DraftMembership>) =>
    onChange(draft.map((each) => (each.queueId === queueId ? { ...each, ...part } : each)));
  return (
    <fieldset className={styles.queues} data-testid="agent-queues">
      <legend>{t('queues.ofAgent.title')}</legend>
      {queues.length === 0 && <p className={styles.skills}>{t('queues.ofAgent.noQueues')}</p>}
      {queues.map(({ id, name }) => {
        const own = draft.find(({ queueId }) => queueId === id);
        return (
          <div key={id} className={styles.queue}>
            <label>
              <input
                type="checkbox"
                checked={own !== undefined}
                aria-label={t('queues.ofAgent.in', { name })}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? [...draft, { queueId: id, rank: '1', delay: '0' }]
                      : draft.filter(({ queueId }) => queueId !== id),
                  )
                }
                data-testid={`in-queue-${id}`}
              />
              <span>{name}</span>
            </label>
            {own && (
              <>
                <TextInput
                  size="xs"
                  aria-label={t('queues.ofAgent.rank', { name })}
                  leftSectionWidth={42}
                  leftSection={<span className={styles.skills}>{t('queues.members.rank')}</span>}
                  inputMode="numeric"
                  autoComplete="off"
                  value={own.rank}
                  error={!fitsRank(readWhole(own.rank))}
                  onChange={(event) => change(id, { rank: event.currentTarget.value })}
                  data-testid={`rank-in-${id}`}
                />
                <TextInput
                  size="xs"
                  aria-label={t('queues.ofAgent.delay', { name })}
                  leftSectionWidth={42}
                  leftSection={<span className={styles.skills}>{t('queues.members.delay')}</span>}
                  rightSection={<span className={styles.skills}>{t('queues.unit.seconds')}</span>}
                  inputMode="numeric"
                  autoComplete="off"
                  value={own.delay}
                  error={!fitsDelay(readWhole(own.delay))}
                  onChange={(event) => change(id, { delay: event.currentTarget.value })}
                />
              </>
            )}
          </div>
        );
      })}
      {membershipsOf(draft) === null && (
        <p className={styles.fault} role="alert">
          {t('queues.ofAgent.tooFar', { rank: limits.rank.max, delay: limits.delaySeconds })}
        </p>
      )}
    </fieldset>
  );
}

function fitsRank(rank: number): boolean {
  return rank >= limits.rank.min && rank <= limits.rank.max;
}

function fitsDelay(seconds: number): boolean {
  return seconds >= 0 && seconds <= limits.delaySeconds;
}
