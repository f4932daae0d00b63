import { Drawer } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { LeavePanel } from './leave-panel.js';
import { CustomerPanel } from './customer-panel.js';

interface Props {
  detail: ConversationDetail;
  opened: boolean;
  onClose: () => void;
}

/** How many dialogs lay there when Esc was pressed. Asked before any of them hears of it and is gone. */
let lying = 0;
window.addEventListener(
  'keydown',
  ({ key }) => {
    if (key === 'Escape') lying = document.querySelectorAll('[role="dialog"]').length;
  },
  { capture: true },
);

/** The customer's panel where there is no room beside the conversation. */
export function CustomerDrawer({ detail, opened, onClose }: Props) {
  const { t } = useTranslation();
  const escape = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    // Of a menu in it, of what is being written in it, or of a dialog that it opened.
    if (target instanceof Element && target.closest('[data-mantine-stop-propagation], [data-editing]')) return;
    if (lying > 1) return;
    onClose();
  });
  useEffect(() => {
    if (!opened) return undefined;
    const listen = (event: KeyboardEvent) => escape(event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [opened]);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      closeOnEscape={false}
      size="min(360px, 100%)"
      title={t('customer.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <LeavePanel value={onClose}>
        <CustomerPanel detail={detail} titled />
      </LeavePanel>
    </Drawer>
  );
}
