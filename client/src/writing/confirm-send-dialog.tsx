import { Button, Group } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../contact-acts/act-dialog.js';
import type { Draft } from '../conversations/composer/writing.js';
import { useCustomerName } from '../conversations/names.js';
import { attachments } from '../desk.js';
import { attachedName } from '../media/attached-words.js';
import styles from './writing.module.css';

export interface ConfirmSendProps {
  draft: Draft;
  onAnswer: (go: boolean) => void;
  onClose: () => void;
}

/** What goes out, and to whom. The key that opened it does not confirm it while it is held down. */
export function ConfirmSendDialog({ draft, onAnswer, onClose }: ConfirmSendProps) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  const { conversation, account } = draft.detail;
  const hanging = attachments.hangingIn(draft.conversationId);
  return (
    <ActDialog opened onClose={onClose} title={t('writing.confirmTitle')} size={520}>
      <div data-testid="confirm-send">
        <dl className={styles.facts}>
          <dt>{t('writing.confirmTo')}</dt>
          <dd>
            {nameOf(conversation.customer)}
            {conversation.customer.name && <small> {conversation.customer.phoneDisplay}</small>}
          </dd>
          <dt>{t('writing.confirmFrom')}</dt>
          <dd>{account.name}</dd>
        </dl>
        {hanging.length > 0 && (
          <ul className={styles.hanging}>
            {hanging.map((each) => (
              <li key={each.key}>{attachedName(each, t)}</li>
            ))}
          </ul>
        )}
        {draft.text.trim() !== '' && <blockquote className={styles.quote}>{draft.text}</blockquote>}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('writing.confirmBack')}
          </Button>
          <Button
            data-autofocus
            leftSection={<IconSend2 size={16} aria-hidden />}
            onKeyDown={(event) => event.repeat && event.preventDefault()}
            onClick={() => onAnswer(true)}
            data-testid="confirm-go"
          >
            {t('composer.send')}
          </Button>
        </Group>
      </div>
    </ActDialog>
  );
}
