import { Button, Skeleton } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow as Row } from '#libs/contracts/index.js';
import { useCommand } from '../../console/commands.js';
import { firstScreenStands } from '../../console/first-screen.js';
import { useConsole } from '../../console/use-console.js';
import { conversations } from '../../desk.js';
import { rowBeside } from '../frozen-order.js';
import { usePreferences } from '../../settings/preferences.js';
import type { ListRules } from '../list.cache.js';
import { listQuery } from '../queries.js';
import { ConversationRow } from './conversation-row.js';
import { ListEmpty } from './list-empty.js';
import { useFrozenRows } from './use-frozen-rows.js';
import { usePointing } from './use-pointing.js';
import styles from './list-pane.module.css';

/** A row's height, by the room that somebody wants. */
const heights = { comfortable: 86, compact: 66 } as const;
const none: Row[] = [];

export const ConversationList = memo(function ConversationList({ rules }: { rules: ListRules }) {
  const { t } = useTranslation();
  const { conversationId, open } = useConsole();
  const list = useQuery(listQuery(rules));
  const { pointing, walkingAt, stopWalking, handlers } = usePointing();
  const { places, news, release } = useFrozenRows(list.data?.rows ?? none, pointing);
  const height = heights[usePreferences().density];
  const scroller = useRef<HTMLDivElement>(null);
  const [failedMore, setFailedMore] = useState(false);
  const showOwner = rules.view !== 'mine';
  const virtual = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => places[index]?.id ?? index,
    overscan: 6,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const chosen = places.findIndex((place) => place.id === conversationId);
  // What Tab reaches: the open conversation if the list has it, or else the first.
  const entrance = places[chosen]?.row ?? rowBeside(places, -1, 1);
  const hasMore = list.data !== undefined && list.data.nextCursor !== null;
  const nearEnd = (items.at(-1)?.index ?? 0) >= places.length - 8;

  const loadMore = () => {
    setFailedMore(false);
    conversations.lists.loadMore(rules).catch(() => setFailedMore(true));
  };
  const cursor = list.data?.nextCursor;
  useEffect(() => {
    if (hasMore && nearEnd && !failedMore) loadMore();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new cursor is what makes the next page due
  }, [hasMore, nearEnd, cursor]);

  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: 'auto' });
    // Only when another conversation is opened: a row that moves must not drag the list along.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [conversationId]);

  const loaded = list.data !== undefined;
  useEffect(() => {
    if (loaded) firstScreenStands();
  }, [loaded]);

  const step = (by: number) => {
    const from = chosen === -1 && by < 0 ? places.length : chosen;
    const row = rowBeside(places, from, by);
    if (row) open(row.id, conversationId !== undefined);
  };
  useCommand('next', () => step(1));
  useCommand('previous', () => step(-1));
  useCommand('open', () => step(1), conversationId === undefined);

  const focusRow = (id: string) =>
    scroller.current?.querySelector<HTMLElement>(`[data-conversation-id="${CSS.escape(id)}"]`)?.focus();
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.altKey || event.nativeEvent.isComposing) return;
    const focused = document.activeElement?.getAttribute('data-conversation-id');
    const row = rowBeside(
      places,
      places.findIndex((place) => place.id === focused),
      by,
    );
    if (!row) return;
    event.preventDefault();
    virtual.scrollToIndex(
      places.findIndex((place) => place.id === row.id),
      { align: 'auto' },
    );
    requestAnimationFrame(() => focusRow(row.id));
  };

  // The row under the keyboard has left: whoever walks goes on from the one beside it.
  const left = places.findIndex((place) => place.id === walkingAt && place.row === null);
  useLayoutEffect(() => {
    if (left === -1) return;
    const row = rowBeside(places, left, 1) ?? rowBeside(places, left, -1);
    if (row) focusRow(row.id);
    else stopWalking();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it leaves
  }, [left]);

  if (list.data === undefined) {
    return list.isError ? <ListFailed busy={list.isFetching} onRetry={() => void list.refetch()} /> : <ListSkeleton />;
  }
  return (
    <div className={styles.body}>
      {news > 0 && (
        <button
          type="button"
          className={styles.news}
          onClick={release}
          title={t('list.newsHint')}
          data-testid="list-news"
        >
          <IconArrowUp size={14} aria-hidden />
          {t('list.news', { count: news })}
        </button>
      )}
      <div className={styles.scroller} ref={scroller} onKeyDown={walk} {...handlers} data-testid="conversation-list">
        {places.length === 0 && !hasMore && (
          <ListEmpty
            view={rules.view}
            inTeam={rules.team?.queueIds.length !== 0}
            narrow={rules.filters !== undefined}
          />
        )}
        <ul className={styles.rows} style={{ height: virtual.getTotalSize() }} aria-label={t('list.label')}>
          {items.map((item) => {
            const place = places[item.index];
            if (!place) return null;
            const at = { height, transform: `translateY(${item.start}px)` };
            if (place.row === null) {
              return <li key={item.key} className={styles.left} style={at} aria-hidden data-testid="row-left" />;
            }
            return (
              <li
                key={item.key}
                className={styles.item}
                style={at}
                aria-setsize={hasMore ? -1 : places.length}
                aria-posinset={item.index + 1}
              >
                <ConversationRow
                  row={place.row}
                  chosen={place.id === conversationId}
                  reachable={place.row === entrance}
                  showOwner={showOwner}
                  me={rules.me}
                  href={`/c/${place.id}${location.search}`}
                  onOpen={open}
                  onPress={conversations.expect}
                  onRest={conversations.glance}
                />
              </li>
            );
          })}
        </ul>
        {failedMore && (
          <div className={styles.notice} role="alert">
            <p>{t('list.failedMore')}</p>
            <Button size="xs" variant="default" onClick={loadMore}>
              {t('common.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
});

export function ListFailed({ busy, onRetry }: { busy: boolean; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.notice} role="alert">
      <p>{t('list.failed')}</p>
      <Button size="xs" variant="default" loading={busy} onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}

export function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} style={{ height: heights.comfortable }}>
          <Skeleton height={12} width={`${40 + ((index * 17) % 25)}%`} />
          <Skeleton height={10} mt={12} width={`${60 + ((index * 23) % 30)}%`} />
        </div>
      ))}
    </div>
  );
}
