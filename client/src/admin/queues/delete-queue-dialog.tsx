import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AccountView, QueueSummary, QueueView } from '#libs/contracts/index.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { queueKeys } from '../../queues/queries.js';
import styles from './queue-editor.module.css';

interface Props {
  queue: QueueView;
  summary: QueueSummary | undefined;
  accounts: readonly AccountView[];
  onDeleted: () => void;
  onClose: () => void;
}

/** Says what it means for whoever waits, and for whoever writes next, before anything happens. */
export function DeleteQueueDialog({ queue, summary, accounts, onDeleted, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const waiting = summary?.waiting ?? 0;
  const names = queue.accountIds.flatMap((id) => accounts.find((account) => account.id === id)?.name ?? []);
  const remove = useMutation({
    mutationFn: () => api.removeQueue(queue.id),
    onSuccess: () => {
      onDeleted();
      client.removeQueries({ queryKey: queueKeys.rules(queue.id) });
      void client.invalidateQueries({ queryKey: queueKeys.list });
    },
  });
  const stop = useMutation({
    mutationFn: () => api.editQueue(queue.id, { version: queue.version, accountIds: [] }),
    onSuccess: (edited) => {
      client.setQueryData(queueKeys.rules(queue.id), edited);
      void client.invalidateQueries({ queryKey: queueKeys.list });
    },
  });
  const fault = remove.isError ? toApiError(remove.error) : null;
  const held = fault?.fields.find(({ field }) => field === 'contacts')?.actual ?? 0;
  const isBusy = waiting > 0 || held > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('queues.remove.title', { name: queue.name })}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.words} data-testid="delete-queue">
        {waiting > 0 && <p>{t('queues.remove.waiting', { count: waiting })}</p>}
        {held > 0 && <p role="alert">{t('queues.remove.contacts', { count: held })}</p>}
        {fault && held === 0 && (
          <p role="alert">
            {fault.fields[0]?.field === 'overflow' ? t('queues.remove.overflow') : t(`errors.${fault.code}`)}
          </p>
        )}
        {stop.isError && <p role="alert">{t(`errors.${toApiError(stop.error).code}`)}</p>}
        {isBusy && queue.accountIds.length > 0 && <p>{t('queues.remove.stopFirst')}</p>}
        {stop.isSuccess && <p role="status">{t('queues.remove.stopped')}</p>}
        {!isBusy && !fault && (
          <>
            {names.length > 0 && <p>{t('queues.remove.accounts', { names: names.join(t('queues.list.comma')) })}</p>}
            {queue.members.length > 0 && <p>{t('queues.remove.members', { count: queue.members.length })}</p>}
            <p>{t('queues.remove.final')}</p>
          </>
        )}
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t(isBusy ? 'common.close' : 'common.cancel')}
        </Button>
        {isBusy && queue.accountIds.length > 0 && (
          <Button loading={stop.isPending} onClick={() => stop.mutate()} data-testid="stop-queue">
            {t('queues.remove.stop')}
          </Button>
        )}
        {!isBusy && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()} data-testid="confirm-delete">
            {t('queues.remove.confirm')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
