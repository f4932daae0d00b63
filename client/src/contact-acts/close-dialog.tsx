import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail, ConversationRow } from '#libs/contracts/index.js';
import { useContactActions } from '../conversations/thread/use-contact-actions.js';
import { toApiError } from '../http/api-error.js';
import { ActDialog } from './act-dialog.js';
import { openContact } from './acts-of.js';
import { DispositionSelect } from './disposition-select.js';
import { useQueueOf } from './queries.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
  /** The queue has said already that it asks for a disposition. */
  wanted: boolean;
  onClosed: (row: ConversationRow) => void;
}

export function CloseDialog({ opened, onClose, detail, wanted, onClosed }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('actions.closeTitle')} size={380}>
      <CloseForm detail={detail} wanted={wanted} onClose={onClose} onClosed={onClosed} />
    </ActDialog>
  );
}

/** A queue without wrap-up may still ask what it was about; it says so when it is asked to close. */
function CloseForm({ detail, wanted, onClose, onClosed }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const { conversation: row } = detail;
  const queue = useQueueOf(openContact(row));
  const [dispositionId, setDispositionId] = useState<string | null>(null);
  const { close } = useContactActions(row.id, { quiet: true });
  const error = close.isError ? toApiError(close.error) : null;
  const asked = error !== null && error.fields.some(({ field }) => field === 'dispositionId');
  const [asks, setAsks] = useState(wanted);
  const submit = () =>
    close.mutate(dispositionId === null ? {} : { dispositionId }, {
      onSuccess: (closed) => {
        onClose();
        onClosed(closed);
      },
      onError: () => setAsks(true),
    });
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!close.isPending) submit();
      }}
    >
      {row.waitingSince !== null && <p className={styles.warning}>{t('actions.closeWaiting')}</p>}
      <p className={styles.text}>{t('actions.closeText')}</p>
      {asks && queue && queue.dispositions.length > 0 && (
        <DispositionSelect queue={queue} value={dispositionId} onChange={setDispositionId} />
      )}
      <p role="alert" className={styles.fault}>
        {asked ? t('acts.dispositionMissing') : error !== null && t(`errors.${error.code}`)}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={close.isPending} data-autofocus data-testid="close-confirm">
          {t('actions.close')}
        </Button>
      </Group>
    </form>
  );
}
