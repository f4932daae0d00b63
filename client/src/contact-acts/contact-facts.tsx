import { IconFlag3Filled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow } from '#libs/contracts/index.js';
import { WaitTimer } from '../conversations/list/wait-timer.js';
import { StandingChips } from '../conversations/customer/standing-chips.js';
import { useSession } from '../session/session.js';
import { openContact } from './acts-of.js';
import styles from './contact-facts.module.css';
import { useQueueOf } from './queries.js';
import { useAgentName } from './use-people.js';

/** One line below the name: who has the contact, where it belongs, how urgent it is, how long the customer waits. */
export function ContactFacts({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const contact = openContact(row);
  const queue = useQueueOf(contact);
  const offeredTo = contact?.assignee === null ? contact.offeredTo : null;
  const offeredName = useAgentName(offeredTo);
  const owner =
    contact === null
      ? t('list.closed')
      : contact.state === 'bot'
        ? t('list.withBotNamed', { name: contact.bot?.name ?? '' })
        : contact.assignee === null
          ? offeredTo === null || offeredName === null
            ? t('list.unassigned')
            : t('acts.offeredTo', { name: offeredName })
          : contact.assignee.id === agent.id
            ? t('list.yours')
            : t('list.assignedTo', { name: contact.assignee.name });
  const priority = contact === null || contact.priority === 'normal' ? null : contact.priority;
  return (
    <p>
      <span data-testid="owner">{owner}</span>
      {row.waitingSince !== null && <WaitTimer since={row.waitingSince} />}
      {priority !== null && (
        <span className={styles.priority} data-priority={priority} data-testid="priority">
          {priority !== 'low' && <IconFlag3Filled size={12} aria-hidden />}
          <span className="visually-hidden">{t('acts.priority')}</span>
          {t(`acts.${priority}`)}
        </span>
      )}
      <StandingChips customer={row.customer} quiet />
      {queue && (
        <span className={styles.queue} data-testid="contact-queue">
          {queue.name}
        </span>
      )}
    </p>
  );
}
