import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#libs/contracts/index.js';
import { askForCursor } from '../console/cursor.js';
import { showFault } from '../console/notices.js';
import { attachments, conversations, drafts, keptAttached, keptWords } from '../desk.js';
import { api } from '../http/api.js';
import { useSession } from '../session/session.js';
import { serverNow } from '../time/clock.js';
import styles from './writing.module.css';

/** Under one's own message while it waits: how long it still does, and a way to take it back into the field. */
export function Undo({ message }: { message: MessageView }) {
  const { agent } = useSession();
  const until = message.delivery?.undoUntil;
  if (!until || message.author.id !== agent.id) return null;
  return <Countdown message={message} until={Date.parse(until)} />;
}

function Countdown({ message, until }: { message: MessageView; until: number }) {
  const { t } = useTranslation();
  const [ticks, tick] = useReducer((count: number) => count + 1, 0);
  const left = Math.ceil((until - serverNow()) / 1000);
  useEffect(() => {
    if (until <= serverNow()) return undefined;
    const timer = setTimeout(tick, 250);
    return () => clearTimeout(timer);
  }, [ticks, until]);
  const { conversationId, clientId, id, content } = message;
  const undo = useMutation({
    mutationFn: () => api.takeBack(conversationId, id),
    onSuccess: (stored) => {
      const attached = keptAttached.take(clientId ?? '');
      if (content.type === 'text') drafts.putBack(conversationId, keptWords.take(id) ?? content.text, stored.seq);
      else if (attached) attachments.putBack(conversationId, attached);
      askForCursor(conversationId);
      return conversations.threads.answer(stored);
    },
    onError: showFault,
  });
  if (left <= 0) return null;
  return (
    <div className={styles.undo} data-testid="undo">
      <span aria-hidden>{t('writing.leavesIn', { seconds: left })}</span>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size={13} aria-hidden />}
        loading={undo.isPending}
        onClick={() => undo.mutate()}
        data-testid="undo-send"
      >
        {t('writing.undo')}
      </Button>
    </div>
  );
}
