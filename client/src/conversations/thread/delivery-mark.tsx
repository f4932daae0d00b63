import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeliveryState, DeliveryView, MessageView } from '#libs/contracts/index.js';
import { showFault, showNotice } from '../../console/notices.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatTime } from '../../time/format.js';
import styles from './message.module.css';

const marks: Record<DeliveryState, typeof IconCheck> = {
  queued: IconClock,
  unknown: IconHelpCircle,
  sent: IconCheck,
  failed: IconAlertCircle,
  cancelled: IconPlayerStop,
  delivered: IconCheck,
  read: IconChecks,
};

/** One tick: with the carrier or on the handset. Two in blue: read. Never "unread": that cannot be known. */
export function DeliveryTick({ delivery, telling }: { delivery: DeliveryView; telling: boolean }) {
  const { t } = useTranslation();
  const say = useDeliveryText();
  const Icon = marks[delivery.state];
  const unsure = delivery.state === 'delivered' && delivery.receipt === 'unknown';
  return (
    <Tooltip label={say(delivery)} maw={320}>
      <span className={styles.tick} data-state={delivery.state} data-testid="tick">
        {unsure && telling && <span data-testid="receipt-unknown">{t('delivery.receiptUnknown')}</span>}
        {delivery.state === 'cancelled' && <span>{t('delivery.cancelled')}</span>}
        <Icon size={15} role="img" aria-label={say(delivery)} />
      </span>
    </Tooltip>
  );
}

function useDeliveryText(): (delivery: DeliveryView) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (delivery) => {
    const time = (at: string) => formatTime(Date.parse(at), locale);
    const parts: string[] = [];
    if (delivery.state === 'read' && delivery.readAt) parts.push(t('delivery.readAt', { time: time(delivery.readAt) }));
    else if (delivery.state === 'delivered' && delivery.deliveredAt) {
      parts.push(t('delivery.deliveredAt', { time: time(delivery.deliveredAt) }));
    } else if (delivery.state === 'sent' && delivery.sentAt) {
      parts.push(t('delivery.sentAt', { time: time(delivery.sentAt) }));
    } else parts.push(t(`delivery.${delivery.state}`));
    if (delivery.state === 'delivered' && delivery.receipt === 'unknown')
      parts.push(t('delivery.receiptUnknown'), t('delivery.receiptHint'));
    if (delivery.maybeTwice) parts.push(t('delivery.maybeTwice'));
    return parts.join(' · ');
  };
}

/** Beside a message that has not arrived yet. What the carrier has already, it may refuse to give back. */
export function TakeBack({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const takeBack = useMutation({
    mutationFn: () => api.takeBack(message.conversationId, message.id),
    onSuccess: (stored) => {
      if (stored.delivery?.state === 'sent') showNotice(t('delivery.takeBackAsked'));
      return conversations.threads.answer(stored);
    },
    onError: showFault,
  });
  const state = message.delivery?.state;
  // While it waits to be thought better of, that is said below it.
  if ((state !== 'queued' && state !== 'sent') || message.delivery?.undoUntil) return null;
  return (
    <Tooltip label={t('delivery.takeBack')}>
      <ActionIcon
        className={styles.takeBack}
        size={20}
        variant="subtle"
        color="gray"
        aria-label={t('delivery.takeBack')}
        loading={takeBack.isPending}
        onClick={() => takeBack.mutate()}
        data-testid="take-back"
      >
        <IconArrowBackUp size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Below a message that did not, or may not have, arrived: why, and what can be done. */
export function DeliveryTrouble({ message, mayRetry }: { message: MessageView; mayRetry: boolean }) {
  const { t } = useTranslation();
  const { delivery } = message;
  const retry = useMutation({
    mutationFn: () => api.retry(message.conversationId, message.id),
    onSuccess: (stored) => conversations.threads.answer(stored),
    onError: showFault,
  });
  if (delivery?.state !== 'failed' && delivery?.state !== 'unknown') return null;
  const failed = delivery.state === 'failed';
  return (
    <div className={styles.trouble} data-state={delivery.state} data-testid="delivery-trouble">
      <span title={delivery.detail ?? undefined}>
        <b>{t(failed ? 'delivery.failed' : 'delivery.unknown')}</b>{' '}
        {failed ? delivery.reason && t(`reason.${delivery.reason}`) : t('delivery.unknownHint')}
        {delivery.maybeTwice && failed && ` ${t('delivery.maybeTwice')}`}
      </span>
      {mayRetry && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={13} aria-hidden />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
          data-testid="retry"
        >
          {t('delivery.resend')}
        </Button>
      )}
    </div>
  );
}
