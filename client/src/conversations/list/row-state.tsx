import {
  IconArrowsExchange,
  IconBell,
  IconCircleCheck,
  IconClipboardCheck,
  IconMoon,
  IconPlayerPause,
  IconRobot,
  IconUser,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ContactView, ConversationRow } from '#libs/contracts/index.js';
import { RowLabels } from '../../customers/label-chip.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { useQueueName } from '../../queues/queries.js';
import { serverNow } from '../../time/clock.js';
import { dayKey, formatRecent, formatTime } from '../../time/format.js';
import { keys } from '../queries.js';
import { standingOf, type RowStanding } from './row-standing.js';
import styles from './conversation-row.module.css';

interface Props {
  row: ConversationRow;
  me: string;
  /** In a list of one's own it goes without saying. */
  showOwner: boolean;
}

const icons: Record<RowStanding, Icon> = {
  closed: IconCircleCheck,
  bot: IconRobot,
  queued: IconUserQuestion,
  offered: IconBell,
  transfer: IconArrowsExchange,
  held: IconPlayerPause,
  snoozed: IconMoon,
  wrapup: IconClipboardCheck,
  mine: IconUser,
  active: IconUser,
};

/** The last line of a row: what is done with the contact, by whom, and in which queue. */
export function RowState({ row, me, showOwner }: Props) {
  const queue = useQueueName()(row);
  const standing = standingOf(row.contact, me);
  const Icon = icons[standing];
  const shown = showOwner || standing !== 'mine';
  return (
    <span className={styles.bottom}>
      {shown && (
        <span className={styles.owner} data-testid="row-owner" data-state={standing}>
          <Icon size={13} aria-hidden />
          <span>
            <Words row={row} me={me} standing={standing} showOwner={showOwner} />
          </span>
        </span>
      )}
      <RowLabels ids={row.labelIds} />
      {queue !== null && standing !== 'closed' && (
        <span className={styles.queue} data-testid="row-queue">
          {queue}
        </span>
      )}
    </span>
  );
}

function Words({ row: { contact }, me, standing, showOwner }: Props & { standing: RowStanding }) {
  const { t } = useTranslation();
  if (contact === null || standing === 'closed') return t('list.closed');
  if (standing === 'bot') {
    return (
      <>
        <span className="visually-hidden">{t('list.withBot')}</span> {contact.bot?.name ?? t('list.withBot')}
      </>
    );
  }
  if (standing === 'queued') return t('list.unassigned');
  if (standing === 'offered' || standing === 'transfer') return <Offered contact={contact} me={me} />;
  const owner = contact.assignee?.id === me ? t('list.yours') : contact.assignee?.name;
  if (standing === 'mine' || standing === 'active') return owner;
  return (
    <>
      {standing === 'snoozed' ? <Snoozed contact={contact} /> : t(standing === 'held' ? 'rows.held' : 'rows.wrapUp')}
      {showOwner && owner !== undefined && <span className={styles.by}>{owner}</span>}
    </>
  );
}

function Offered({ contact: { offeredTo, assignee }, me }: { contact: ContactView; me: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: keys.agents, queryFn: api.agents, enabled: offeredTo !== me });
  const transfer = assignee !== null;
  if (offeredTo === me) return t(transfer ? 'rows.transferMe' : 'rows.offeredMe');
  const name = data?.find(({ id }) => id === offeredTo)?.name;
  if (name === undefined) return t('rows.offered');
  return t(transfer ? 'rows.transferTo' : 'rows.offeredTo', { name });
}

/** Of today the hour; otherwise the day as well. */
function Snoozed({ contact: { snoozedUntil } }: { contact: ContactView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const at = Date.parse(snoozedUntil ?? '');
  if (Number.isNaN(at)) return t('rows.putAside');
  const time = formatTime(at, locale);
  const now = serverNow();
  return t('rows.snoozed', {
    time: dayKey(at) === dayKey(now) ? time : `${formatRecent(at, now, locale)} ${time}`,
  });
}
