import { ActionIcon } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { HandOffCard, handedOver } from '../../bots/hand-off-card.js';
import { ContactFacts } from '../../contact-acts/contact-facts.js';
import { ContactStrip } from '../../contact-acts/contact-strip.js';
import { HeaderActs } from '../../contact-acts/header-acts.js';
import { useConsole } from '../../console/use-console.js';
import { Labelling } from '../../customers/labelling.js';
import { Viewers } from '../../writing/viewers.js';
import { useCustomerName } from '../names.js';
import { unmoved } from '../unmoved.js';
import styles from './conversation-pane.module.css';

interface Props {
  detail: ConversationDetail;
  panelShown: boolean;
  /** The panel stands beside the thread, and says itself what is said here otherwise. */
  beside: boolean;
  onPanel: () => void;
}

/** Who it is, who has it, and what can be done. */
export const ConversationHeader = memo(function ConversationHeader({ detail, panelShown, beside, onPanel }: Props) {
  const { t } = useTranslation();
  const { leave } = useConsole();
  const nameOf = useCustomerName();
  const handOff = beside ? null : handedOver(detail);
  return (
    <div>
      <header className={styles.header}>
        <ActionIcon
          className={styles.back}
          size="lg"
          aria-label={t('actions.backToList')}
          onClick={leave}
          data-testid="back"
        >
          <IconChevronLeft size={22} aria-hidden />
        </ActionIcon>
        <div className={styles.who}>
          <span className={styles.named}>
            <h1 data-testid="customer-name">{nameOf(detail.conversation.customer)}</h1>
            <Viewers conversationId={detail.conversation.id} />
          </span>
          <ContactFacts row={detail.conversation} />
        </div>
        <HeaderActs detail={detail} panelShown={panelShown} onPanel={onPanel} />
      </header>
      <ContactStrip detail={detail} />
      {handOff && <HandOffCard key={handOff.id} handOff={handOff} line />}
      <Labelling row={detail.conversation} />
    </div>
  );
}, unmoved);
