import { Button } from '@mantine/core';
import { IconClockPause, IconHourglass, IconPlayerPause, IconUserShare } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { transfers } from '../desk.js';
import { useLocale } from '../i18n/i18n.js';
import { useSession } from '../session/session.js';
import { useServerSecond } from '../time/clock.js';
import { formatDateTime, formatElapsed } from '../time/format.js';
import { openContact } from './acts-of.js';
import { TOKYO } from './snooze-choices.js';
import { useActs } from './use-acts.js';
import { useAgentName } from './use-people.js';
import styles from './contact-strip.module.css';

/** Below the header: what has been set going with the contact, until when, and the way back. */
export function ContactStrip({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { agent: me } = useSession();
  const { conversation: row, may } = detail;
  const contact = openContact(row);
  const mine = contact?.assignee?.id === me.id;
  const asked = contact?.assignee ? contact.offeredTo : null;
  const name = useAgentName(asked);
  const { resume, cancelTransfer } = useActs(row.id);
  const lines: ReactNode[] = [];

  if (contact !== null && asked !== null) {
    lines.push(
      <Line key="asked" kind="asked" icon={<IconUserShare size={16} aria-hidden />}>
        <b>{asked === me.id ? t('acts.askedMe') : t('acts.asked', { name: name ?? t('activity.somebody') })}</b>
        {(mine || may.assign) && asked !== me.id && (
          <Button
            size="compact-xs"
            variant="default"
            loading={cancelTransfer.isPending}
            onClick={() =>
              cancelTransfer.mutate(undefined, {
                onSuccess: () => showNotice(t('acts.takenBack'), 'news'),
                // Too late: then she is to hear what became of it.
                onError: () => transfers.see(row),
              })
            }
            data-testid="transfer-cancel"
          >
            {t('acts.takeBack')}
          </Button>
        )}
      </Line>,
    );
  }
  if (contact?.state === 'held') {
    lines.push(
      <Line key="held" kind="held" icon={<IconPlayerPause size={16} aria-hidden />}>
        <span>
          <b>{t('acts.held')}</b> <small>{t('acts.heldHint')}</small>
        </span>
        {mine && (
          <Button
            size="compact-xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate()}
            data-testid="resume-contact"
          >
            {t('acts.resume')}
          </Button>
        )}
      </Line>,
    );
  }
  if (contact?.state === 'snoozed' && contact.snoozedUntil !== null) {
    const time = formatDateTime(Date.parse(contact.snoozedUntil), locale, TOKYO);
    lines.push(
      <Line key="snoozed" kind="snoozed" icon={<IconClockPause size={16} aria-hidden />}>
        <span>
          <b>{t('acts.snoozed', { time })}</b>{' '}
          <small>{t(contact.assignee === null ? 'acts.snoozedQueue' : 'acts.snoozedWrites')}</small>
        </span>
        {mine && (
          <Button
            size="compact-xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate()}
            data-testid="resume-contact"
          >
            {t('acts.resumeNow')}
          </Button>
        )}
      </Line>,
    );
  }
  if (contact?.state === 'wrapup' && !mine && contact.assignee) {
    lines.push(
      <Line key="wrapup" kind="wrapup" icon={<IconHourglass size={16} aria-hidden />}>
        <b>{t('acts.wrapUpOf', { name: contact.assignee.name })}</b>
      </Line>,
    );
  }
  if (contact?.closesAt != null && mine) {
    lines.push(
      <Line key="closes" kind="closes" icon={<IconHourglass size={16} aria-hidden />}>
        <Closing at={contact.closesAt} />
      </Line>,
    );
  }
  // Always there, so that what comes into it is spoken.
  return (
    <div role="status" className={styles.strip} data-testid="contact-strip">
      {lines}
    </div>
  );
}

function Line({ kind, icon, children }: { kind: string; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.line} data-kind={kind} data-testid={`strip-${kind}`}>
      {icon}
      {children}
    </div>
  );
}

function Closing({ at }: { at: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const left = Date.parse(at) - useServerSecond();
  return (
    <span aria-live="off">
      {left <= 0 ? t('acts.closing') : t('acts.closesAt', { time: formatElapsed(left, locale) })}
    </span>
  );
}
