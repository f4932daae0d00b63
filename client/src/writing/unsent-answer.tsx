import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answered } from '#libs/contracts/index.js';
import { askForCursor } from '../console/cursor.js';
import { attachments, drafts, outbox } from '../desk.js';
import { useLocale } from '../i18n/i18n.js';
import type { Unsent } from '../outbox/outbox.js';
import styles from '../conversations/thread/message.module.css';
import { formatTime } from '../time/format.js';

/** Under a reply that the server has refused, because a colleague's came first: who, when, and what to do with it. */
export function UnsentAnswer({ unsent, answered }: { unsent: Unsent; answered: Answered }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const back = () => {
    if (unsent.attached === undefined) drafts.putBack(unsent.conversationId, unsent.text, answered.seq);
    else attachments.stay(unsent.attached, answered.seq);
    outbox.discard(unsent.clientId);
    askForCursor(unsent.conversationId);
  };
  return (
    <div className={styles.trouble} data-state="failed" data-testid="unsent-answer">
      <span>
        {t('writing.answeredBy', { name: answered.by.name, time: formatTime(Date.parse(answered.at), locale) })}
      </span>
      <Button size="compact-xs" variant="default" onClick={back} data-testid="to-draft">
        {t('writing.toDraft')}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => outbox.retry(unsent.clientId, true)}
        data-testid="send-anyway"
      >
        {t('writing.secondSend')}
      </Button>
    </div>
  );
}
