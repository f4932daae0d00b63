import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listQuery } from '../conversations/queries.js';
import { useSession } from '../session/session.js';

/** The tab tells how many messages wait in the agent's own conversations, whatever list is on the screen. */
export function useTitle(): void {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { data: unread = 0 } = useQuery({
    ...listQuery({ view: 'mine', order: 'waiting', me: agent.id, accountId: undefined }),
    select: (list) => list.rows.reduce((sum, row) => sum + row.unread, 0),
  });
  const title = unread > 0 ? t('title.unread', { count: unread }) : t('title.base');
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = t('title.base');
    };
  }, [title, t]);
}
