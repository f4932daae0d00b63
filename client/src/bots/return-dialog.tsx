import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from '@tanstack/react-query';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { openContact } from '../contact-acts/acts-of.js';
import { DispositionSelect } from '../contact-acts/disposition-select.js';
import { useQueueOf } from '../contact-acts/queries.js';
import styles from '../contact-acts/dialogs.module.css';
import { conversations } from '../desk.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
}

export function ReturnDialog({ opened, onClose, detail }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('bots.back.title')} size={420}>
      <ReturnForm detail={detail} onClose={onClose} />
    </ActDialog>
  );
}

/** It cannot be undone, so it says what happens; and asks what the contact was about where the queue wants to know. */
function ReturnForm({ detail, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const { conversation: row, bots } = detail;
  const queue = useQueueOf(openContact(row));
  const [botId, setBotId] = useState(bots[0]?.id ?? '');
  const [dispositionId, setDispositionId] = useState<string | null>(null);
  const back = useMutation({
    mutationFn: () => api.returnToBot(row.id, { botId, ...(dispositionId === null ? {} : { dispositionId }) }),
    onSuccess: (returned) => {
      conversations.row({ id: returned.id, row: returned });
      onClose();
      showNotice(t('bots.back.done', { bot: bots.find(({ id }) => id === botId)?.name ?? t('bots.bot') }), 'news');
    },
  });
  const error = back.isError ? toApiError(back.error) : null;
  const asked = error !== null && error.fields.some(({ field }) => field === 'dispositionId');
  return (
    <form
      noValidate
      className={styles.form}
      data-testid="return-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!back.isPending) back.mutate();
      }}
    >
      {row.waitingSince !== null && <p className={styles.warning}>{t('bots.back.waiting')}</p>}
      <p className={styles.text}>{t('bots.back.text')}</p>
      <p className={styles.hint}>{t('bots.back.again')}</p>
      {bots.length > 1 && (
        <NativeSelect
          size="xs"
          label={t('bots.back.which')}
          value={botId}
          onChange={(event) => setBotId(event.currentTarget.value)}
          data={bots.map(({ id, name }) => ({ value: id, label: name }))}
          data-testid="return-which"
        />
      )}
      {queue && queue.dispositions.length > 0 && (
        <DispositionSelect queue={queue} value={dispositionId} onChange={setDispositionId} />
      )}
      <p role="alert" className={styles.fault}>
        {asked ? t('acts.dispositionMissing') : error !== null && t(`errors.${error.code}`)}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={back.isPending} data-autofocus data-testid="return-confirm">
          {t('bots.back.doIt')}
        </Button>
      </Group>
    </form>
  );
}
