import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Words that are not sent yet would be lost: asked before, never after. */
export function SignOutDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onStay}
      title={t('menu.unsentTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p>{t('menu.unsentText')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onStay}>
          {t('common.cancel')}
        </Button>
        <Button color="red" onClick={onLeave}>
          {t('menu.unsentConfirm')}
        </Button>
      </Group>
    </Modal>
  );
}
