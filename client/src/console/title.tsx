import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listQuery } from '../conversations/queries.js';
import { offersQuery } from '../offers/queries.js';
import { useDisturbable } from '../offers/use-offer-signals.js';
import { useSession } from '../session/session.js';
import { useAfterFirstScreen } from './first-screen.js';

/**
 * The tab tells what she is being offered, or else how many messages wait in her own conversations. A part that shows nothing:
 * what counts with every message must not draw the whole console anew.
 */
export function Title() {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { data: unread = 0 } = useQuery({
    ...listQuery({ view: 'mine', order: 'waiting', me: agent.id, accountId: undefined }),
    enabled: useAfterFirstScreen(),
    select: (list) => list.rows.reduce((sum, row) => sum + row.unread, 0),
  });
  const { data: asked = 0 } = useQuery({ ...offersQuery(), select: ({ open }) => open.length });
  const disturbable = useDisturbable();
  const waiting = unread > 0 ? t('title.unread', { count: unread }) : t('title.base');
  // Whoever has little time comes before whoever has waited for long.
  const title = asked > 0 && disturbable ? t('offers.title', { count: asked }) : waiting;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = t('title.base');
    };
  }, [title, t]);
  return null;
}
