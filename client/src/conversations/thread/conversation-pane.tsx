import { Button, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../console/commands.js';
import { WrapUp } from '../../contact-acts/wrap-up-bar.js';
import { later } from '../../console/later.js';
import { showNotice } from '../../console/notices.js';
import { useConsole } from '../../console/use-console.js';
import { conversations, transfers } from '../../desk.js';
import { ViewerHost } from '../../media/viewer-host.js';
import { Composer } from '../composer/composer.js';
import { CustomerPanel } from '../customer/customer-panel.js';
import { detailQuery, isGone } from '../queries.js';
import { ConversationHeader } from './conversation-header.js';
import { ThreadView } from './thread-view.js';
import { useThreadAt } from './use-thread-at.js';
import styles from './conversation-pane.module.css';

const CustomerDrawer = later(() => import('../customer/customer-drawer.js').then((module) => module.CustomerDrawer));

interface Props {
  conversationId: string;
  /** Back to the list. */
  onClose: () => void;
}

export function ConversationPane({ conversationId, onClose }: Props) {
  const { t } = useTranslation();
  const { message, choose } = useConsole();
  const detail = useQuery(detailQuery(conversationId));
  const gone = isGone(detail.error) && detail.data === undefined;
  const thread = useThreadAt(conversationId, message, !gone);
  const toLive = useCallback(() => choose({ message: undefined }), [choose]);
  const wide = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false });
  const [panel, setPanel] = useState(false);
  const [beside, setBeside] = useState(true);

  const { missing } = thread;
  useEffect(() => {
    if (!missing) return;
    showNotice(t('finding.missing'));
    toLive();
  }, [missing, t, toLive]);
  // A thread that is still in the cache is not fetched again, but it must be among those kept live.
  useEffect(() => void conversations.watch(conversationId), [conversationId]);
  // A question that was asked before this page was loaded is still one whose answer is waited for.
  const row = detail.data?.conversation;
  useEffect(() => {
    if (row) transfers.see(row);
  }, [row]);
  useCommand('back', () => setPanel(false), panel && !wide);

  const showPanel = useCallback(() => (wide ? setBeside((shown) => !shown) : setPanel(true)), [wide]);

  // The list knows who it is before anything has been asked.
  const [atFirst] = useState(() => conversations.atFirst(conversationId));
  const head = detail.data ?? atFirst;
  // What she came for first: the panel, and what it asks the server for, after it.
  const besideThread = useDeferredValue(thread.shown !== undefined || thread.isError, false);

  if (gone || isGone(thread.error)) return <NotFound onLeave={onClose} />;
  const failed = detail.isError || thread.isError;
  const retry = () => {
    if (detail.isError) void detail.refetch();
    thread.retry();
  };

  return (
    <div className={styles.pane} data-panel={(wide && beside) || undefined}>
      <main className={styles.conversation} data-testid="conversation" data-conversation-id={conversationId}>
        {head ? (
          <ConversationHeader
            detail={head}
            panelShown={wide ? beside : panel}
            beside={wide && beside}
            onPanel={showPanel}
          />
        ) : (
          <div className={styles.headerSkeleton}>{!failed && <Skeleton height={14} width={160} />}</div>
        )}
        {detail.data && thread.shown ? (
          <>
            <ThreadView
              key={thread.target ?? 'live'}
              thread={thread.shown}
              detail={detail.data}
              target={thread.target}
              past={thread.past}
              onLive={toLive}
            />
            <ViewerHost conversationId={conversationId} thread={thread.shown} />
          </>
        ) : failed ? (
          <div className={styles.failed} role="alert">
            <p>{t('thread.failed')}</p>
            <Button size="sm" variant="default" onClick={retry} loading={detail.isFetching || thread.isFetching}>
              {t('common.retry')}
            </Button>
          </div>
        ) : (
          <ThreadSkeleton />
        )}
        {detail.data ? (
          <div>
            <WrapUp detail={detail.data} />
            <Composer detail={detail.data} />
          </div>
        ) : (
          <div className={styles.composerSkeleton} />
        )}
      </main>
      {wide && beside && (
        <aside className={styles.panel} aria-label={t('customer.title')}>
          {besideThread && detail.data && <CustomerPanel detail={detail.data} />}
        </aside>
      )}
      {!wide && detail.data && <CustomerDrawer detail={detail.data} opened={panel} onClose={() => setPanel(false)} />}
    </div>
  );
}

function NotFound({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <main className={styles.nothing} data-testid="not-found">
      <IconMessageOff size={40} stroke={1.3} aria-hidden />
      <h1>{t('thread.notFoundTitle')}</h1>
      <p>{t('thread.notFoundText')}</p>
      <Button variant="default" mt="sm" onClick={onLeave}>
        {t('thread.notFoundAction')}
      </Button>
    </main>
  );
}

function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.threadSkeleton} role="status" aria-label={t('common.loading')}>
      {[46, 58, 34, 62, 40].map((width, index) => (
        <Skeleton key={width} height={38} radius={14} width={`${width}%`} ml={index % 2 ? 'auto' : 0} />
      ))}
    </div>
  );
}
