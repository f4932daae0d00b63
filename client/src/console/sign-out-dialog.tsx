import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Words that are not sent yet would be lost: asked before, never after. */
export function SignOutDialog({ busy, onLeave, onClose }: { busy: boolean; onLeave: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('menu.unsentTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p>{t('menu.unsentText')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={onLeave}>
          {t('menu.unsentConfirm')}
        </Button>
      </Group>
    </Modal>
  );
}
