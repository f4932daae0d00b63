import { IconFile, IconNote } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerHit, MessageHit } from '#libs/contracts/index.js';
import { useConsole } from '../console/use-console.js';
import { useCustomerName } from '../conversations/names.js';
import { useLocale } from '../i18n/i18n.js';
import { useSession } from '../session/session.js';
import { serverNow } from '../time/clock.js';
import { formatDateTime, formatRecent } from '../time/format.js';
import { MarkedText } from './marked-text.js';
import styles from './search-results.module.css';

interface OptionProps<H> {
  hit: H;
  active: string | null;
  onOpen: (conversationId: string, message?: string) => void;
}

export function MessageOption({ hit, active, onOpen }: OptionProps<MessageHit>) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { message } = useConsole();
  const nameOf = useCustomerName();
  const id = `hit-${hit.id}`;
  const { kind, id: authorId, name } = hit.author;
  const said = {
    customer: t('finding.customerSaid'),
    agent: authorId === agent.id ? t('finding.you') : (name ?? ''),
    bot: t('finding.bot'),
    system: t('finding.system'),
  }[kind];
  return (
    <a
      {...optionProps(id, active, message === hit.id, () => onOpen(hit.conversationId, hit.id))}
      href={`/c/${hit.conversationId}?message=%22${hit.id}%22`}
      data-testid="message-hit"
    >
      <span className={styles.top}>
        <span className={styles.name}>{nameOf(hit.customer)}</span>
        <Moment at={hit.at} />
      </span>
      <span className={styles.text}>
        {hit.kind === 'note' && <IconNote size={14} className={styles.icon} aria-hidden />}
        {hit.contentType === 'media' && <IconFile size={14} className={styles.icon} aria-hidden />}
        <span className={styles.author}>{said}</span>
        <MarkedText found={hit.found} />
      </span>
    </a>
  );
}

export function CustomerOption({ hit, active, onOpen }: OptionProps<CustomerHit>) {
  const { t } = useTranslation();
  const { conversationId, message } = useConsole();
  const id = `hit-customer-${hit.conversationId}`;
  const chosen = message === undefined && conversationId === hit.conversationId;
  return (
    <a
      {...optionProps(id, active, chosen, () => onOpen(hit.conversationId))}
      href={`/c/${hit.conversationId}`}
      data-testid="customer-hit"
    >
      <span className={styles.top}>
        <span className={styles.name}>
          {hit.name ? (
            <MarkedText found={hit.name} />
          ) : hit.phone ? (
            <MarkedText found={hit.phone} />
          ) : (
            t('list.noNumber')
          )}
        </span>
        <Moment at={hit.lastActivityAt} />
      </span>
      <span className={styles.text}>
        {hit.kana && hit.kana.text !== '' && (
          <span className={styles.kana}>
            <MarkedText found={hit.kana} />
          </span>
        )}
        {hit.name && hit.phone && <MarkedText found={hit.phone} />}
        {hit.attribute && (
          <span className={styles.attribute}>
            {hit.attribute.label} <MarkedText found={hit.attribute.found} />
          </span>
        )}
      </span>
    </a>
  );
}

/** A hit as the keyboard of the search box finds it. */
export function optionProps(id: string, active: string | null, chosen: boolean, open: () => void) {
  return {
    id,
    role: 'option' as const,
    className: styles.hit,
    tabIndex: -1,
    'aria-selected': id === active,
    'data-active': id === active || undefined,
    'data-chosen': chosen || undefined,
    draggable: false,
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open();
    },
  };
}

function Moment({ at }: { at: string }) {
  const locale = useLocale();
  return (
    <time className={styles.time} dateTime={at} title={formatDateTime(Date.parse(at), locale)}>
      {formatRecent(Date.parse(at), serverNow(), locale)}
    </time>
  );
}
