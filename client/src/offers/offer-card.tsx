import { Button } from '@mantine/core';
import { IconArrowsExchange, IconBell, IconFlag3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeclineReason, OfferView } from '#libs/contracts/index.js';
import { useCommand } from '../console/commands.js';
import { altKey } from '../console/use-shortcuts.js';
import { WaitTimer } from '../conversations/list/wait-timer.js';
import { useCustomerName, usePreview } from '../conversations/names.js';
import { toApiError } from '../http/api-error.js';
import { errorText, useLocale } from '../i18n/i18n.js';
import { useQueueName } from '../queues/queries.js';
import { useSession } from '../session/session.js';
import { useServerSecond } from '../time/clock.js';
import { formatClock } from '../time/format.js';
import { CountdownRing } from './countdown-ring.js';
import { countdown } from './countdown.js';
import { DeclineMenu } from './decline-menu.js';
import { DeclineNote } from './decline-note.js';
import { useAnswer } from './use-answer.js';
import { useArmed } from './use-armed.js';
import { useWayBack } from './use-way-back.js';
import styles from './offers.module.css';

/** 着信: who waits, for how long, and how much time there is to say yes or no. */
export function OfferCard({ offer }: { offer: OfferView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { accounts } = useSession();
  const nameOf = useCustomerName();
  const previewOf = usePreview();
  const queueOf = useQueueName();
  const armed = useArmed();
  const { part, onFocus } = useWayBack<HTMLElement>();
  const { over } = countdown(offer, useServerSecond());
  const { accept, decline, busy, error } = useAnswer(offer);
  const [writing, setWriting] = useState(false);
  const { conversation: row, kind, from, note } = offer;
  const queue = queueOf(row);
  const waits = kind === 'queue' ? (row.contact?.enqueuedAt ?? row.waitingSince) : row.waitingSince;
  const priority = row.contact?.priority ?? 'normal';
  const listens = armed && !over && !writing;
  useCommand('acceptOffer', () => accept.mutate(), listens && !busy);

  const choose = (reason: DeclineReason) => {
    if (reason === 'other') setWriting(true);
    else decline.mutate({ reason });
  };
  const heading = `offer-${offer.id}`;
  return (
    <article
      ref={part}
      onFocus={onFocus}
      className={styles.card}
      data-kind={kind}
      data-armed={armed || undefined}
      data-testid="offer"
      data-offer-id={offer.id}
      aria-labelledby={heading}
    >
      <header className={styles.head}>
        <p className={styles.kind}>
          {kind === 'transfer' ? <IconArrowsExchange size={15} aria-hidden /> : <IconBell size={15} aria-hidden />}
          {t(kind === 'transfer' ? 'offers.transfer' : 'offers.offer')}
          {(priority === 'urgent' || priority === 'high') && (
            <span className={styles.priority} data-priority={priority} data-testid="offer-priority">
              <IconFlag3 size={12} aria-hidden />
              {t(priority === 'urgent' ? 'offers.priority.urgent' : 'offers.priority.high')}
            </span>
          )}
        </p>
        <CountdownRing offer={offer} />
        <h2 id={heading} data-testid="offer-customer">
          {nameOf(row.customer)}
        </h2>
        <p className={styles.where}>
          {from && <span data-testid="offer-from">{t('offers.from', { name: from.name })}</span>}
          {queue !== null && <span data-testid="offer-queue">{queue}</span>}
          {accounts.length > 1 && <span>{accounts.find(({ id }) => id === row.accountId)?.name}</span>}
          {waits !== null && <WaitTimer since={waits} />}
        </p>
      </header>
      {note !== null && note !== '' && (
        <p className={styles.note} data-testid="offer-note">
          {note}
        </p>
      )}
      {row.lastMessage && (
        <p className={styles.preview} data-testid="offer-preview">
          {previewOf(row)}
        </p>
      )}
      <p className="visually-hidden">{t('offers.until', { time: formatClock(Date.parse(offer.deadline), locale) })}</p>
      {error !== null && (
        <p className={styles.fault} role="alert" data-testid="offer-fault">
          {errorText(toApiError(error).code)}
        </p>
      )}
      {writing ? (
        <DeclineNote
          busy={busy}
          onDecline={(words) => decline.mutate({ reason: 'other', ...(words === '' ? {} : { note: words }) })}
          onCancel={() => setWriting(false)}
        />
      ) : (
        <div className={styles.actions}>
          <Button
            size="sm"
            className={styles.accept}
            loading={accept.isPending}
            disabled={over || decline.isPending}
            onClick={() => accept.mutate()}
            aria-keyshortcuts="Alt+A"
            data-testid="accept-offer"
          >
            {t('offers.accept')}
            <kbd className={styles.key} aria-hidden>
              {altKey} A
            </kbd>
          </Button>
          <DeclineMenu busy={busy || over} listens={listens} onChoose={choose} />
        </div>
      )}
    </article>
  );
}
