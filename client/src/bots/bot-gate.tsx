import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useContactActions } from '../conversations/thread/use-contact-actions.js';
import { BotFace } from './bot-face.js';
import styles from './bots.module.css';

/** Above the field: whoever sends from here takes over from the bot. */
export function BotGate({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { assign, busy } = useContactActions(conversationId);
  return (
    <div className={styles.gate} data-testid="bot-gate">
      <BotFace />
      <p>{t('bots.gate.writes')}</p>
      <Button
        size="compact-sm"
        variant="light"
        loading={busy}
        onClick={() => assign.mutate({ agentId: 'me' })}
        data-testid="take-from-bot"
      >
        {t('actions.take')}
      </Button>
    </div>
  );
}
