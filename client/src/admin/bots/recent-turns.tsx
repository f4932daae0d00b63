import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { botKeys } from '../../bots/queries.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import styles from './bots-screen.module.css';

/** How its last turns ended. What was said stands in the thread, for whoever may read it. */
export function RecentTurns({ botId }: { botId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const pages = useInfiniteQuery({
    queryKey: botKeys.turns(botId),
    queryFn: ({ pageParam, signal }) => api.botTurns(botId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
    gcTime: 0,
  });
  const turns = pages.data?.pages.flatMap((page) => page.turns) ?? [];
  if (pages.isError && turns.length === 0) {
    return (
      <p role="alert" className={styles.quiet}>
        {t('bots.admin.turnsFailed')}
      </p>
    );
  }
  if (!pages.data) return <Skeleton height={60} mt={8} />;
  if (turns.length === 0) return <p className={styles.quiet}>{t('bots.admin.noTurns')}</p>;
  return (
    <div className={styles.turns} data-testid="bot-turns">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('bots.admin.at')}</th>
            <th scope="col">{t('bots.admin.outcome')}</th>
            <th scope="col">{t('bots.admin.took')}</th>
          </tr>
        </thead>
        <tbody>
          {turns.map((turn) => (
            <tr key={turn.id} data-testid="bot-turn" data-outcome={turn.outcome ?? 'running'}>
              <td>
                <Link
                  to="/c/$conversationId"
                  params={{ conversationId: turn.conversationId }}
                  search={(old) => ({ ...old, message: undefined })}
                >
                  <time dateTime={turn.startedAt}>{formatDateTime(Date.parse(turn.startedAt), locale)}</time>
                </Link>
              </td>
              <td>
                {t(`bots.outcome.${turn.outcome ?? 'running'}`)}
                {turn.fault !== null && <small>{turn.fault}</small>}
              </td>
              <td>
                {turn.tookMs === null
                  ? t('common.none')
                  : t('bots.admin.seconds', { seconds: (turn.tookMs / 1000).toFixed(2) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('bots.admin.older')}
        </Button>
      )}
    </div>
  );
}
