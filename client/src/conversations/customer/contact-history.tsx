import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView, ConversationDetail } from '#libs/contracts/index.js';
import { later } from '../../console/later.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import styles from './customer-panel.module.css';

const ReasonsDialog = later(() =>
  import('../../contact-acts/reasons-dialog.js').then((module) => module.ReasonsDialog),
);

/** Every stretch of work with this customer, newest first, with the times all figures hang on. */
export function ContactHistory({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { contacts } = detail;
  const [asked, setAsked] = useState<{ contactId: string; opened: boolean } | null>(null);
  return (
    <section className={styles.history} data-testid="contact-history">
      <h3>{t('customer.history')}</h3>
      {contacts.length === 0 && <p>{t('customer.noHistory')}</p>}
      <ol>
        {contacts.map((contact) => (
          <Contact key={contact.id} contact={contact} onWhy={() => setAsked({ contactId: contact.id, opened: true })} />
        ))}
      </ol>
      <ReasonsDialog
        opened={asked?.opened === true}
        onClose={() => setAsked(asked && { ...asked, opened: false })}
        detail={detail}
        contactId={asked?.contactId ?? null}
      />
    </section>
  );
}

function Contact({ contact, onWhy }: { contact: ContactView; onWhy: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const states = {
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
  const times = [
    { label: t('customer.enqueued'), at: contact.enqueuedAt },
    { label: t('customer.accepted'), at: contact.acceptedAt },
    { label: t('customer.firstReply'), at: contact.firstReplyAt },
    { label: t('customer.closed'), at: contact.closedAt },
  ];
  return (
    <li data-state={contact.state} data-testid="contact">
      <div className={styles.contact}>
        <b>{contact.assignee ? t('customer.handledBy', { name: contact.assignee.name }) : t('customer.nobody')}</b>
        <span data-state={contact.state}>{states[contact.state]}</span>
      </div>
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
      <UnstyledButton
        className={styles.whyHer}
        aria-label={t('acts.reasonsOf', { time: formatDateTime(Date.parse(contact.enqueuedAt), locale) })}
        onClick={onWhy}
        data-testid="contact-reasons"
      >
        {t('acts.reasons')}
      </UnstyledButton>
    </li>
  );
}
