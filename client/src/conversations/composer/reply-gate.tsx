import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useContactActions } from '../thread/use-contact-actions.js';
import type { ReplyBar } from './reply-bar.js';
import styles from './composer.module.css';

export { replyBar } from './reply-bar.js';

/** In the place of the field: why one cannot answer here, and what to do about it. */
export function ReplyGate({ bar, conversationId }: { bar: ReplyBar; conversationId: string; hasDraft: boolean }) {
  const { t } = useTranslation();
  const { assign, busy } = useContactActions(conversationId);
  const words = {
    unowned: () => t('composer.unowned'),
    closed: () => t(bar.mayTake ? 'composer.closed' : 'composer.closedNoTake'),
    bot: () => t('bots.gate.cannot'),
    owned: () => t('composer.owned', { name: bar.why === 'owned' ? bar.by : '' }),
    noRight: () => t('composer.noRight'),
    former: () => t('customers.standing.gateFormer'),
    blocked: () => t('customers.standing.gateBlocked'),
    optedOut: () => t('customers.standing.gateOptedOut'),
  };
  return (
    <div className={styles.gate} data-testid="reply-gate" data-why={bar.why}>
      <p>{words[bar.why]()}</p>
      {bar.mayTake && bar.why !== 'owned' && (
        <Button size="sm" loading={busy} onClick={() => assign.mutate({ agentId: 'me' })} data-testid="take-here">
          {t('actions.take')}
        </Button>
      )}
    </div>
  );
}
