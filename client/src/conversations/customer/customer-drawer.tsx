import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { CustomerPanel } from './customer-panel.js';

interface Props {
  detail: ConversationDetail;
  opened: boolean;
  onClose: () => void;
}

/** The customer's panel where there is no room beside the conversation. */
export function CustomerDrawer({ detail, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(360px, 100%)"
      title={t('customer.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <CustomerPanel detail={detail} titled />
    </Drawer>
  );
}
