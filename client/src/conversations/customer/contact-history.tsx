import { useTranslation } from 'react-i18next';
import type { ContactView } from '#libs/contracts/index.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import styles from './customer-panel.module.css';

/** Every stretch of work with this customer, newest first, with the times all figures hang on. */
export function ContactHistory({ contacts }: { contacts: ContactView[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.history} data-testid="contact-history">
      <h3>{t('customer.history')}</h3>
      {contacts.length === 0 && <p>{t('customer.noHistory')}</p>}
      <ol>
        {contacts.map((contact) => (
          <Contact key={contact.id} contact={contact} />
        ))}
      </ol>
    </section>
  );
}

function Contact({ contact }: { contact: ContactView }) {
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
    </li>
  );
}
