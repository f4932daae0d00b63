import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { holdUnsaved } from '../../console/unsaved.js';

interface Props {
  name: string;
  unsaved: boolean;
  /** It was deleted: there is nothing left to stay for. */
  gone: boolean;
  onGone: () => void;
}

/** Asked before changes are lost, never after. */
export function LeaveGuard({ name, unsaved, gone, onGone }: Props) {
  const { t } = useTranslation();
  const leave = useEffectEvent(onGone);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  useEffect(() => (unsaved ? holdUnsaved() : undefined), [unsaved]);
  // After the guard knows that nothing is left to be guarded.
  useEffect(() => {
    if (gone) leave();
  }, [gone]);
  if (status !== 'blocked') return null;
  return (
    <Modal
      opened
      onClose={reset}
      title={t('queues.edit.leaveTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p data-testid="leave-guard">{t('queues.edit.leaveText', { name })}</p>
      <Group justify="flex-end">
        <Button color="red" variant="light" onClick={proceed} data-testid="leave-unsaved">
          {t('queues.edit.leave')}
        </Button>
        <Button onClick={reset} data-autofocus data-testid="stay">
          {t('queues.edit.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
