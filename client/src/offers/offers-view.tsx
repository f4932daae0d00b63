import { Button } from '@mantine/core';
import { IconVolumeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferOutcome, OfferView } from '#libs/contracts/index.js';
import { useConsole } from '../console/use-console.js';
import { useCustomerName } from '../conversations/names.js';
import { offers } from '../desk.js';
import { useQueueName } from '../queues/queries.js';
import { useServerSecond } from '../time/clock.js';
import { countdown } from './countdown.js';
import { OfferCard } from './offer-card.js';
import { OfferLine } from './offer-line.js';
import { frontOf } from './offers.cache.js';
import { usePartings } from './partings.js';
import { offersQuery } from './queries.js';
import { useOfferSignals } from './use-offer-signals.js';
import styles from './offers.module.css';

const none: OfferView[] = [];
const endings = {
  accepted: 'offers.parting.accepted',
  declined: 'offers.parting.declined',
  expired: 'offers.parting.expired',
  withdrawn: 'offers.parting.withdrawn',
} as const satisfies Record<OfferOutcome, string>;

/**
 * Everything that is being offered now, over the list at a desk and over the thread on a phone: where nothing is written and
 * nothing moves for it. The one in front is whole, the others are lines behind it.
 */
export function OffersView() {
  const { t } = useTranslation();
  const { conversationId } = useConsole();
  const nameOf = useCustomerName();
  const { data } = useQuery(offersQuery());
  const now = useServerSecond();
  const open = (data?.open ?? none).filter((offer) => !countdown(offer, now).stale);
  const partings = usePartings(offers.partings);
  const [chosen, setChosen] = useState<string | null>(null);
  const front = frontOf(open, chosen);
  if ((front?.id ?? null) !== chosen) setChosen(front?.id ?? null);
  const { muted, unmute } = useOfferSignals(open);
  const region = useRef<HTMLElement>(null);
  useRoomBelow(region);

  return (
    <section
      ref={region}
      className={styles.region}
      data-conversation={conversationId === undefined ? undefined : true}
      aria-label={t('offers.label')}
      data-testid="offers"
    >
      <Announcement open={open} />
      {front && <OfferCard key={front.id} offer={front} />}
      {open
        .filter((offer) => offer !== front)
        .map((offer) => (
          <OfferLine key={offer.id} offer={offer} onFront={() => setChosen(offer.id)} />
        ))}
      {muted && (
        <div className={styles.parting} data-testid="offers-muted">
          <IconVolumeOff size={15} aria-hidden />
          <span>{t('offers.muted')}</span>
          <Button size="compact-xs" variant="light" onClick={unmute}>
            {t('offers.unmute')}
          </Button>
        </div>
      )}
      <div role="status" className={styles.partings}>
        {partings.map(({ id, customer, outcome }) => (
          <p key={id} className={styles.parting} data-testid="offer-parting" data-outcome={outcome}>
            {t(endings[outcome], { name: nameOf(customer) })}
          </p>
        ))}
      </div>
    </section>
  );
}

/** Said at once to whoever listens instead of looking; each of them once. */
function Announcement({ open }: { open: readonly OfferView[] }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const queueOf = useQueueName();
  const newest = open.reduce<OfferView | null>(
    (last, offer) => (last === null || Date.parse(offer.madeAt) >= Date.parse(last.madeAt) ? offer : last),
    null,
  );
  const said =
    newest &&
    t(newest.kind === 'transfer' ? 'offers.saidTransfer' : 'offers.said', {
      name: nameOf(newest.conversation.customer),
      queue: newest.from?.name ?? queueOf(newest.conversation) ?? '',
    });
  return (
    <p role="alert" className="visually-hidden" data-testid="offers-said">
      {said}
    </p>
  );
}

/** What lies under the cards can be scrolled out from under them. */
function useRoomBelow(region: React.RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--offers-room', `${element.offsetHeight}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      document.documentElement.style.removeProperty('--offers-room');
    };
  }, [region]);
}
