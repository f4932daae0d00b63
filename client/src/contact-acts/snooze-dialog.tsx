import { Button, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { toApiError } from '../http/api-error.js';
import { useLocale } from '../i18n/i18n.js';
import { serverNow } from '../time/clock.js';
import { dayKey, formatDateTime, formatTime } from '../time/format.js';
import { ActDialog } from './act-dialog.js';
import { openContact } from './acts-of.js';
import { readMoment, snoozeChoices, TOKYO, writeMoment, type SnoozeFault } from './snooze-choices.js';
import { useActs } from './use-acts.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
}

/** 後で: one press for the usual times, a field for any other. */
export function SnoozeDialog({ opened, onClose, detail }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('acts.snoozeTitle')} size={420}>
      <SnoozeForm detail={detail} onDone={onClose} />
    </ActDialog>
  );
}

function SnoozeForm({ detail, onDone }: { detail: ConversationDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { conversation: row } = detail;
  const [now] = useState(serverNow);
  const choices = snoozeChoices(now);
  const [owner, setOwner] = useState<'me' | 'queue'>('me');
  const [moment, setMoment] = useState(() => writeMoment(choices.at(-1)!.at));
  const [fault, setFault] = useState<SnoozeFault | null>(null);
  const { snooze } = useActs(row.id, { quiet: true });
  const words = {
    in20: t('acts.in20'),
    in60: t('acts.in60'),
    evening: t('acts.evening'),
    morning: t('acts.morning'),
  };
  const faults = { empty: t('acts.snoozeEmpty'), past: t('acts.snoozePast'), tooFar: t('acts.snoozeTooFar') };
  const shown = (at: number) =>
    dayKey(at, TOKYO) === dayKey(now, TOKYO) ? formatTime(at, locale, TOKYO) : formatDateTime(at, locale, TOKYO);

  const until = (at: number) => {
    if (!snooze.isPending) snooze.mutate({ until: new Date(at).toISOString(), owner }, { onSuccess: onDone });
  };
  const submit = () => {
    const read = readMoment(moment, serverNow());
    if ('fault' in read) return setFault(read.fault);
    until(read.at);
  };
  const error = snooze.isError ? toApiError(snooze.error) : null;
  const refused =
    error === null
      ? null
      : error.fields.some(({ field }) => field === 'until')
        ? faults.past
        : t(`errors.${error.code}`);

  return (
    <form
      noValidate
      className={styles.form}
      data-testid="snooze-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={styles.hint}>{t('acts.snoozeWrites')}</p>
      <div className={styles.choices} role="group" aria-label={t('acts.snoozeTitle')} onKeyDown={walk}>
        {choices.map(({ key, at }, index) => (
          <UnstyledButton
            key={key}
            type="button"
            className={styles.choice}
            data-autofocus={index === 0 || undefined}
            onClick={() => until(at)}
            data-testid={`snooze-${key}`}
          >
            <span>{words[key]}</span>
            <time dateTime={new Date(at).toISOString()}>{shown(at)}</time>
          </UnstyledButton>
        ))}
      </div>
      <div className={styles.own}>
        <TextInput
          type="datetime-local"
          label={t('acts.moment')}
          value={moment}
          min={writeMoment(now)}
          onChange={(event) => {
            setMoment(event.currentTarget.value);
            setFault(null);
          }}
          error={fault === null ? undefined : faults[fault]}
          data-testid="snooze-moment"
        />
        <Button type="submit" loading={snooze.isPending} data-testid="snooze-submit">
          {t('acts.snoozeDo')}
        </Button>
      </div>
      {openContact(row)?.queueId != null && (
        <div className={styles.owner}>
          <span id="snooze-owner">{t('acts.snoozeOwner')}</span>
          <SegmentedControl
            size="xs"
            aria-labelledby="snooze-owner"
            value={owner}
            onChange={setOwner}
            data={[
              { value: 'me' as const, label: t('acts.snoozeMe') },
              { value: 'queue' as const, label: t('acts.snoozeQueue') },
            ]}
          />
        </div>
      )}
      <p role="alert" className={styles.fault} data-testid="snooze-fault">
        {refused}
      </p>
    </form>
  );
}

/** Arrows go from choice to choice, as in a menu. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const choices = [...event.currentTarget.querySelectorAll('button')];
  const place = choices.findIndex((choice) => choice === document.activeElement);
  event.preventDefault();
  choices[(place + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length]?.focus();
}
