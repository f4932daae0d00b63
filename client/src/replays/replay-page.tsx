import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayResult, ReplayTurnView, ReplayView } from '#libs/contracts/index.js';
import { Check } from '../admin/queues/fields.js';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { showFault } from '../console/notices.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { isPlaying, replayKeys, replayQuery, replayTurnsQuery } from './queries.js';
import { useCountsText, useSideName } from './replay-list.js';
import styles from './replays.module.css';

interface Props {
  botId: string;
  replayId: string;
  onClose: () => void;
}

/** One replay: how far it is, and turn by turn what was asked and what would have been answered. */
export function ReplayPage({ botId, replayId, onClose }: Props) {
  const { t } = useTranslation();
  const { data: replay, isError, error } = useQuery(replayQuery(botId, replayId));
  const sideName = useSideName();
  useCommand('back', onClose);
  const gone = isError && toApiError(error).status === 404;
  const title = replay
    ? replay.against
      ? t('replays.list.versus', { one: sideName(replay.bot), other: sideName(replay.against) })
      : sideName(replay.bot)
    : t('replays.title');
  return (
    <Frame title={title} back={{ label: t('replays.backToList'), onClick: onClose }} testId="replay-admin">
      {isError && !replay && <p role="alert">{t(gone ? 'replays.gone' : 'replays.failed')}</p>}
      {replay && (
        <div className={styles.page}>
          <Standing replay={replay} />
          <Turns replay={replay} />
        </div>
      )}
    </Frame>
  );
}

function Standing({ replay }: { replay: ReplayView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sideName = useSideName();
  const countsText = useCountsText();
  const stop = useMutation({
    mutationFn: () => api.stopReplay(replay.bot.botId, replay.id),
    onSettled: () => client.invalidateQueries({ queryKey: replayKeys.all }),
    onError: showFault,
  });
  const { state, done, contacts } = replay;
  return (
    <section className={styles.standing} data-testid="replay-state" data-state={state}>
      <div className={styles.progress}>
        <p role="status">
          <b>{t(`replays.state.${state}`)}</b> {t('replays.progress', { done, contacts })}
        </p>
        <progress max={contacts} value={done} aria-label={t('replays.progress', { done, contacts })} />
        {isPlaying(replay) && (
          <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('replays.stop')}
          </Button>
        )}
      </div>
      <dl className={styles.counts}>
        <div>
          <dt>{sideName(replay.bot)}</dt>
          <dd data-testid="results">{countsText(replay.results)}</dd>
        </div>
        {replay.against && replay.otherResults && (
          <>
            <div>
              <dt>{sideName(replay.against)}</dt>
              <dd data-testid="other-results">{countsText(replay.otherResults)}</dd>
            </div>
            <div>
              <dt>{t('replays.list.differences')}</dt>
              <dd data-testid="differences">{replay.differences}</dd>
            </div>
          </>
        )}
      </dl>
    </section>
  );
}

function Turns({ replay }: { replay: ReplayView }) {
  const { t } = useTranslation();
  const sideName = useSideName();
  const compared = replay.against !== null;
  const [differing, setDiffering] = useState(compared);
  const only = compared && differing;
  const { data, isError, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...replayTurnsQuery(replay.bot.botId, replay.id, only, replay.done),
    placeholderData: (before) => before,
  });
  const turns = data?.pages.flatMap((page) => page.turns);
  return (
    <section aria-label={t('replays.turns.label')}>
      {compared && <Check label={t('replays.turns.differing')} checked={differing} onChange={setDiffering} />}
      {isError && !data && <p role="alert">{t('replays.failed')}</p>}
      {turns?.length === 0 && !isPlaying(replay) && (
        <p className={styles.dim} data-testid="no-turns">
          {t(only ? 'replays.turns.noDifferences' : 'replays.turns.none')}
        </p>
      )}
      {turns && turns.length > 0 && (
        <div className={styles.wide} tabIndex={0} role="group" aria-label={t('replays.turns.label')}>
          <table className={styles.turns}>
            <thead>
              <tr>
                <th scope="col">{t('replays.turns.said')}</th>
                <th scope="col">{sideName(replay.bot)}</th>
                {replay.against && <th scope="col">{sideName(replay.against)}</th>}
              </tr>
            </thead>
            <tbody>
              {turns.map((turn) => (
                <Turn key={turn.place} turn={turn} compared={compared} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('replays.turns.more')}
        </Button>
      )}
    </section>
  );
}

function Turn({ turn, compared }: { turn: ReplayTurnView; compared: boolean }) {
  const { t } = useTranslation();
  const said = turn.said.filter((text) => text !== '').join('\n') || t('replays.turns.noWords');
  return (
    <tr data-testid="replay-turn" data-differs={turn.differs || undefined}>
      <th scope="row">
        <p>{said}</p>
        <Link
          to="/c/$conversationId"
          params={{ conversationId: turn.conversationId }}
          search={(old) => old}
          className={styles.link}
        >
          {t('replays.turns.open')}
        </Link>
        {turn.differs && <span className={styles.differs}>{t('replays.turns.differs')}</span>}
      </th>
      <td>
        <Result result={turn.result} />
      </td>
      {compared && (
        <td>
          <Result result={turn.other} />
        </td>
      )}
    </tr>
  );
}

function Result({ result }: { result: ReplayResult | null }) {
  const { t } = useTranslation();
  if (result === null) return <p className={styles.dim}>{t('replays.turns.notAsked')}</p>;
  return (
    <>
      <p className={styles.outcome} data-outcome={result.outcome}>
        <b>{t(`replays.outcome.${result.outcome}`)}</b>
        <small>{t('replays.turns.took', { ms: result.tookMs })}</small>
      </p>
      {result.steps.map((step, place) => {
        if (step.do === 'pass') return null;
        if (step.do === 'handOff') {
          return (
            <div key={place} className={styles.step}>
              {step.summary && <p>{t('replays.turns.summary', { text: step.summary })}</p>}
              {step.fields?.map(({ label, value }) => (
                <p key={label}>{`${label}: ${value}`}</p>
              ))}
            </div>
          );
        }
        const labels = step.suggestions?.map(({ label }) => label).join(t('replays.comma'));
        return (
          <div key={place} className={styles.step}>
            <p>{step.text}</p>
            {labels && <small>{t('replays.turns.chips', { labels })}</small>}
          </div>
        );
      })}
      {result.fault !== null && <p className={styles.fault}>{result.fault}</p>}
    </>
  );
}
