import { Button, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail, PastContact } from '#libs/contracts/index.js';
import { queueNamesQuery } from '../../contact-acts/queries.js';
import { later } from '../../console/later.js';
import { pastContactsQuery } from '../../customers/queries.js';
import { useFinding } from '../../finding/use-finding.js';
import { useLocale } from '../../i18n/i18n.js';
import { useSession } from '../../session/session.js';
import { formatDateTime } from '../../time/format.js';
import { useLeavePanel } from './leave-panel.js';
import styles from './customer-panel.module.css';

const ReasonsDialog = later(() =>
  import('../../contact-acts/reasons-dialog.js').then((module) => module.ReasonsDialog),
);

/** Every stretch of work with this person, newest first, in whichever of her conversations. */
export function ContactHistory({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { conversation: row } = detail;
  const pages = useInfiniteQuery(pastContactsQuery(row.customer, row.contact));
  const [asked, setAsked] = useState<{ contactId: string; opened: boolean } | null>(null);
  if (pages.isError && !pages.data) return <p role="alert">{t('customers.failed')}</p>;
  if (!pages.data) return <div className={styles.waiting} aria-busy="true" />;
  const contacts = pages.data.pages.flatMap((page) => page.contacts);
  return (
    <div className={styles.history}>
      {contacts.length === 0 && <p className={styles.quiet}>{t('customer.noHistory')}</p>}
      <ol>
        {contacts.map((contact) => (
          <Contact
            key={contact.id}
            contact={contact}
            here={contact.conversationId === row.id}
            onWhy={() => setAsked({ contactId: contact.id, opened: true })}
          />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button
          size="compact-xs"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
          data-testid="more-contacts"
        >
          {t('customers.past.more')}
        </Button>
      )}
      <ReasonsDialog
        opened={asked?.opened === true}
        onClose={() => setAsked(asked && { ...asked, opened: false })}
        detail={detail}
        contactId={asked?.contactId ?? null}
      />
    </div>
  );
}

interface Props {
  contact: PastContact;
  /** In the conversation that is open. */
  here: boolean;
  onWhy: () => void;
}

function Contact({ contact, here, onWhy }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { accounts } = useSession();
  const { data: queues } = useQuery({ ...queueNamesQuery(), enabled: contact.queueId !== null });
  const queue = queues?.find(({ id }) => id === contact.queueId);
  const disposition = queue?.dispositions.find(({ id }) => id === contact.dispositionId);
  const account = accounts.find(({ id }) => id === contact.accountId);
  const states = {
    bot: t('list.withBot'),
    queued: t('customer.queued'),
    offered: t('customer.offered'),
    active: t('customer.open'),
    held: t('customer.held'),
    waiting: t('customer.waitingForCustomer'),
    snoozed: t('customer.snoozed'),
    wrapup: t('customer.wrapUp'),
    closed: t('customer.closedState'),
    abandoned: t('customer.abandoned'),
  };
  const ended =
    contact.closedAt !== null && contact.closeReason !== null
      ? t(`customers.past.ended.${contact.closeReason}`)
      : states[contact.state];
  const names = contact.agents.length > 0 ? contact.agents : contact.assignee ? [contact.assignee.name] : [];
  const open = contact.closedAt === null;
  const times = [
    { label: t('customer.enqueued'), at: contact.enqueuedAt },
    { label: t('customer.accepted'), at: open ? contact.acceptedAt : null },
    { label: t('customer.firstReply'), at: open ? contact.firstReplyAt : null },
    { label: t('customer.closed'), at: contact.closedAt },
  ];
  const began = formatDateTime(Date.parse(contact.enqueuedAt), locale);
  const facts = [
    queue?.name,
    disposition?.name,
    here || !account ? undefined : t('customers.past.account', { name: account.name }),
  ].filter((fact) => fact !== undefined);
  return (
    <li data-state={contact.state} data-testid="contact">
      <div className={styles.contact}>
        <b>
          {names.length > 0
            ? t('customers.past.agents', { names: names.join(t('queues.list.comma')) })
            : t('customers.past.nobody')}
        </b>
        <span data-state={contact.state}>{ended}</span>
      </div>
      {facts.length > 0 && <p className={styles.quiet}>{facts.join(' · ')}</p>}
      {contact.dispositionNote && (
        <p className={styles.quiet}>{t('customers.past.note', { text: contact.dispositionNote })}</p>
      )}
      <dl>
        {times.map(
          ({ label, at }) =>
            at !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <time dateTime={at}>{formatDateTime(Date.parse(at), locale)}</time>
                </dd>
              </div>
            ),
        )}
      </dl>
      <div className={styles.links}>
        <OpenContact contact={contact} began={began} />
        {here && (
          <UnstyledButton
            className={styles.link}
            aria-label={t('acts.reasonsOf', { time: began })}
            onClick={onWhy}
            data-testid="contact-reasons"
          >
            {t('acts.reasons')}
          </UnstyledButton>
        )}
      </div>
    </li>
  );
}

/** Where it begins in its thread, with what stands around it. */
function OpenContact({ contact, began }: { contact: PastContact; began: string }) {
  const { t } = useTranslation();
  const { openMessage } = useFinding();
  const leave = useLeavePanel();
  if (contact.firstMessageId === null) return null;
  return (
    <UnstyledButton
      className={styles.link}
      aria-label={t('customers.past.openOf', { time: began })}
      onClick={() => {
        leave();
        openMessage(contact.conversationId, contact.firstMessageId ?? undefined);
      }}
      data-testid="open-contact"
    >
      {t('customers.past.open')}
    </UnstyledButton>
  );
}
