import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OfferView } from '#libs/contracts/index.js';
import { useCustomerName } from '../conversations/names.js';
import { toApiError } from '../http/api-error.js';
import { errorText } from '../i18n/i18n.js';
import { useQueueName } from '../queues/queries.js';
import { useServerSecond } from '../time/clock.js';
import { CountdownRing } from './countdown-ring.js';
import { countdown } from './countdown.js';
import { useAnswer } from './use-answer.js';
import { useArmed } from './use-armed.js';
import styles from './offers.module.css';

/** One of several, in short: its time runs as well. Pressed, it comes to the front. */
export function OfferLine({ offer, onFront }: { offer: OfferView; onFront: () => void }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const queueOf = useQueueName();
  const armed = useArmed();
  const { over } = countdown(offer, useServerSecond());
  const { accept, error } = useAnswer(offer);
  const { conversation: row, from } = offer;
  const name = nameOf(row.customer);
  return (
    <div className={styles.line} data-armed={armed || undefined} data-testid="offer-line" data-offer-id={offer.id}>
      <UnstyledButton className={styles.open} onClick={onFront} aria-label={t('offers.bringForward', { name })}>
        <CountdownRing offer={offer} small />
        <span className={styles.lineName}>
          {name}
          <small>
            {error === null
              ? from
                ? t('offers.from', { name: from.name })
                : queueOf(row)
              : errorText(toApiError(error).code)}
          </small>
        </span>
      </UnstyledButton>
      <Button
        size="compact-sm"
        variant="light"
        loading={accept.isPending}
        disabled={over}
        onClick={() => accept.mutate()}
        aria-label={t('offers.acceptOf', { name })}
        data-testid="accept-line"
      >
        {t('offers.accept')}
      </Button>
    </div>
  );
}
