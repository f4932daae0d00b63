import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  size: number;
  /** Fills a phone's screen; small questions do not. */
  large?: boolean;
  children: ReactNode;
}

/** The frame of everything that is asked about a contact; its content begins anew each time. */
export function ActDialog({ opened, onClose, title, size, large = false, children }: Props) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      fullScreen={large && phone}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Modal>
  );
}
