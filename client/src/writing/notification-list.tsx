import { Button, Loader, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { notifications } from '../desk.js';
import { api } from '../http/api.js';
import { useLocale } from '../i18n/i18n.js';
import { serverNow } from '../time/clock.js';
import { formatDateTime, formatRecent } from '../time/format.js';
import { notificationsQuery } from './queries.js';
import styles from './writing.module.css';

export function NotificationList({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const { data, isError, isFetching, refetch } = useQuery(notificationsQuery());
  const [older, setOlder] = useState<readonly NotificationView[]>([]);
  const [hasMore, setHasMore] = useState<boolean | null>(null);
  const [loading, setLoading] = useState(false);
  if (!data) {
    return isError ? (
      <div className={styles.none} role="alert">
        <p>{t('writing.bellFailed')}</p>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('common.retry')}
        </Button>
      </div>
    ) : (
      <div className={styles.none} role="status" aria-label={t('common.loading')}>
        <Loader size="sm" />
      </div>
    );
  }
  const known = new Set(data.notifications.map(({ id }) => id));
  const shown = [...data.notifications, ...older.filter(({ id }) => !known.has(id))];
  const read = (ids: string[]) => {
    if (ids.length === 0) return;
    notifications.read(ids);
    api.readNotifications({ ids }).catch((fault: unknown) => {
      showFault(fault);
      notifications.catchUp();
    });
  };
  const more = async () => {
    setLoading(true);
    try {
      const page = await api.notifications(shown.at(-1)?.id ?? null);
      setOlder([...older, ...page.notifications]);
      setHasMore(page.hasMore);
    } catch (fault) {
      showFault(fault);
    }
    setLoading(false);
  };
  const readAll = () => {
    const [newest] = shown;
    if (!newest) return;
    notifications.read(shown.map(({ id }) => id));
    api.readNotifications({ upTo: newest.id }).catch(showFault);
  };
  return (
    <>
      <div className={styles.heading}>
        <b>{t('writing.bell')}</b>
        {data.unread > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={readAll} data-testid="read-all">
            {t('writing.readAll')}
          </Button>
        )}
      </div>
      {shown.length === 0 && <p className={styles.none}>{t('writing.bellEmpty')}</p>}
      <ul className={styles.list}>
        {shown.map((each) => (
          <li key={each.id}>
            <UnstyledButton
              className={styles.notification}
              data-unread={each.readAt === null || undefined}
              data-testid="notification"
              onClick={() => {
                if (each.readAt === null) read([each.id]);
                onDone();
                void navigate({
                  to: '/c/$conversationId',
                  params: { conversationId: each.conversationId },
                  search: (old) => ({ ...old, message: each.messageId }),
                });
              }}
            >
              <span className={styles.line}>
                <b>
                  {each.readAt === null && <span className="visually-hidden">{t('writing.unreadOne')}</span>}
                  {t('writing.named', { name: each.by.name })}
                </b>
                <time dateTime={each.at} title={formatDateTime(Date.parse(each.at), locale)}>
                  {formatRecent(Date.parse(each.at), serverNow(), locale)}
                </time>
              </span>
              <span className={styles.customer}>
                {each.customerName === null
                  ? t('writing.namelessCustomer')
                  : t('list.sama', { name: each.customerName })}
              </span>
              <span className={styles.preview}>{each.preview}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {(hasMore ?? data.hasMore) && (
        <Button fullWidth size="xs" variant="subtle" loading={loading} onClick={() => void more()}>
          {t('writing.older')}
        </Button>
      )}
    </>
  );
}
