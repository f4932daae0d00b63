import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { replayOutcomes, type BotView, type ReplayCounts, type ReplaySide } from '#libs/contracts/index.js';
import { useLocale } from '../i18n/i18n.js';
import { isPlaying, replaysQuery } from './queries.js';
import styles from './replays.module.css';

export function ReplayList({ bots }: { bots: readonly BotView[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const heading = useId();
  const sideName = useSideName();
  const countsText = useCountsText();
  const { data, isError } = useQuery(replaysQuery(bots.map(({ id }) => id)));
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{t('replays.list.label')}</h2>
      {isError && !data && <p role="alert">{t('replays.failed')}</p>}
      {data?.length === 0 && <p className={styles.dim}>{t('replays.list.none')}</p>}
      {data && data.length > 0 && (
        <div className={styles.wide}>
          <table className={styles.table} aria-labelledby={heading}>
            <thead>
              <tr>
                <th scope="col">{t('replays.list.when')}</th>
                <th scope="col">{t('replays.list.what')}</th>
                <th scope="col">{t('replays.list.account')}</th>
                <th scope="col">{t('replays.list.contacts')}</th>
                <th scope="col">{t('replays.list.results')}</th>
                <th scope="col">{t('replays.list.differences')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((replay) => (
                <tr key={replay.id} data-testid="replay">
                  <th scope="row">
                    <Link
                      to="/replays/$botId/$replayId"
                      params={{ botId: replay.bot.botId, replayId: replay.id }}
                      search={(old) => old}
                      className={styles.name}
                    >
                      {when.format(new Date(replay.createdAt))}
                    </Link>
                  </th>
                  <td>
                    {replay.against
                      ? t('replays.list.versus', { one: sideName(replay.bot), other: sideName(replay.against) })
                      : sideName(replay.bot)}
                  </td>
                  <td>{replay.account.name}</td>
                  <td>
                    {isPlaying(replay)
                      ? t('replays.progress', { done: replay.done, contacts: replay.contacts })
                      : replay.done}
                  </td>
                  <td>{countsText(replay.results)}</td>
                  <td>{replay.against ? replay.differences : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function useSideName(): (side: ReplaySide) => string {
  const { t } = useTranslation();
  return ({ name, version }) => (version === null ? name : t('replays.list.sideVersion', { name, version }));
}

/** Only what there is. */
export function useCountsText(): (counts: ReplayCounts) => string {
  const { t } = useTranslation();
  return (counts) =>
    replayOutcomes
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => `${t(`replays.outcome.${outcome}`)} ${counts[outcome]}`)
      .join(t('replays.comma')) || '–';
}
