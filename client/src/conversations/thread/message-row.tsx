import { Button } from '@mantine/core';
import { IconAlertCircle, IconClock, IconLock, IconRefresh } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#libs/contracts/index.js';
import { BotFace } from '../../bots/bot-face.js';
import { useUnmasked } from '../../canned/unmask.js';
import { attachments, outbox } from '../../desk.js';
import { useLocale } from '../../i18n/i18n.js';
import type { Unsent } from '../../outbox/outbox.js';
import { formatDateTime, formatTime } from '../../time/format.js';
import { Undo } from '../../writing/undo.js';
import { UnsentAnswer } from '../../writing/unsent-answer.js';
import { DeliveryTick, DeliveryTrouble, TakeBack } from './delivery-mark.js';
import { Content } from './message-content.js';
import { isBare } from '../../media/picture-box.js';
import { UnsentAttachment } from '../../media/unsent-attachment.js';
import { MessageText } from './message-text.js';
import { activityWords } from './activity-words.js';
import styles from './message.module.css';

interface Props {
  message: MessageView;
  joined: boolean;
  /** What a chip was chosen under. */
  offered?: string | undefined;
  /** The newest of ours tells in words what its tick means. */
  telling: boolean;
  mayRetry: boolean;
}

export const MessageRow = memo(function MessageRow({ message, joined, offered, telling, mayRetry }: Props) {
  const { t } = useTranslation();
  const { author, content, delivery, kind } = message;
  const unmasked = useUnmasked(message);
  if (kind === 'activity') return <ActivityLine message={message} />;
  const side = author.kind === 'customer' ? 'left' : 'right';
  const bare = content.type === 'media' && isBare(content);
  const unnamed = {
    customer: null,
    agent: t('thread.someone'),
    bot: t('thread.bot'),
    // What a queue's rules say belongs to nobody.
    system: t('thread.automatic'),
  };
  const name = author.name ?? unnamed[author.kind];
  return (
    <Bubble
      kind={kind}
      side={side}
      joined={joined}
      author={name}
      at={Date.parse(message.at)}
      bare={bare}
      bot={author.kind === 'bot'}
      attributes={{
        'data-message-seq': message.seq,
        'data-client-id': message.clientId ?? undefined,
        'data-author': author.kind,
        'data-delivery': delivery?.state,
        'data-receipt': delivery?.receipt,
      }}
      mark={
        delivery && (
          <>
            <DeliveryTick delivery={delivery} telling={telling} />
            {mayRetry && <TakeBack message={message} />}
          </>
        )
      }
      below={
        <>
          {unmasked.button}
          <DeliveryTrouble message={message} mayRetry={mayRetry} />
          <Undo message={message} />
        </>
      }
    >
      {offered !== undefined && (
        <span className={styles.offered} data-testid="offered">
          {t('bots.press.of', { text: offered })}
        </span>
      )}
      <Content content={unmasked.content ?? content} conversationId={message.conversationId} />
    </Bubble>
  );
});

export const UnsentRow = memo(function UnsentRow({ unsent, joined }: { unsent: Unsent; joined: boolean }) {
  const { t } = useTranslation();
  const failed = unsent.state === 'failed';
  const state = failed ? t('delivery.failed') : t(unsent.state === 'waiting' ? 'delivery.waiting' : 'delivery.sending');
  const Icon = failed ? IconAlertCircle : IconClock;
  return (
    <Bubble
      kind={unsent.kind}
      side="right"
      joined={joined}
      author={null}
      at={unsent.writtenAt}
      attributes={{
        'data-client-id': unsent.clientId,
        'data-author': 'agent',
        'data-delivery': failed ? 'failed' : 'sending',
      }}
      mark={
        <span className={styles.tick} data-state={failed ? 'failed' : unsent.state} title={state}>
          {unsent.state === 'waiting' && <span>{state}</span>}
          <Icon size={15} role="img" aria-label={state} />
        </span>
      }
      below={
        failed && unsent.answered ? (
          <UnsentAnswer unsent={unsent} answered={unsent.answered} />
        ) : (
          failed && (
            <div className={styles.trouble} data-state="failed" data-testid="delivery-trouble">
              <span>
                <b>{t('delivery.failed')}</b> {unsent.fault && t(`errors.${unsent.fault}`)}
              </span>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconRefresh size={13} aria-hidden />}
                onClick={() => {
                  if (unsent.attached !== undefined) attachments.retry(unsent.attached);
                  outbox.retry(unsent.clientId);
                }}
                data-testid="retry"
              >
                {t('delivery.resend')}
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                onClick={() => {
                  outbox.discard(unsent.clientId);
                  if (unsent.attached !== undefined) attachments.remove(unsent.attached);
                }}
              >
                {t('delivery.discard')}
              </Button>
            </div>
          )
        )
      }
    >
      {unsent.attached === undefined ? (
        <span className={styles.text}>
          <MessageText text={unsent.text} />
        </span>
      ) : (
        <UnsentAttachment clientId={unsent.clientId} attachmentKey={unsent.attached} failed={failed} />
      )}
    </Bubble>
  );
});

interface BubbleProps {
  kind: 'message' | 'note';
  side: 'left' | 'right';
  joined: boolean;
  author: string | null;
  at: number;
  bare?: boolean;
  bot?: boolean;
  attributes: Record<`data-${string}`, string | number | undefined>;
  mark: ReactNode;
  below: ReactNode;
  children: ReactNode;
}

function Bubble({ kind, side, joined, author, at, bare, bot, attributes, mark, below, children }: BubbleProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const note = kind === 'note';
  return (
    <div
      className={styles.message}
      data-testid="message"
      data-kind={kind}
      data-side={note ? 'right' : side}
      data-joined={joined || undefined}
      {...attributes}
    >
      {!joined && (author !== null || note) && (
        <div className={styles.author}>
          {note && (
            <span className={styles.noteLabel}>
              <IconLock size={12} aria-hidden />
              {t('thread.note')}
            </span>
          )}
          {bot && <BotFace />}
          {author}
          {bot && <span className={styles.botMark}>{t('thread.bot')}</span>}
        </div>
      )}
      <div className={styles.line}>
        <div className={styles.bubble} data-bare={bare || undefined}>
          {children}
        </div>
        <div className={styles.meta}>
          {mark}
          <time dateTime={new Date(at).toISOString()} title={formatDateTime(at, locale)}>
            {formatTime(at, locale)}
          </time>
        </div>
      </div>
      {below}
    </div>
  );
}

function ActivityLine({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { content, author } = message;
  if (content.type !== 'activity') return null;
  const words = activityWords(content, author.name, t, locale);
  const at = Date.parse(message.at);
  return (
    <div
      className={styles.activity}
      data-testid="activity"
      data-message-seq={message.seq}
      data-activity={content.activity}
    >
      <span>{words}</span>
      <time dateTime={message.at} title={formatDateTime(at, locale)}>
        {formatTime(at, locale)}
      </time>
    </div>
  );
}
