import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowMerge, IconBan, IconBellOff, IconDots, IconUserPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow, CustomerProfile } from '#libs/contracts/index.js';
import { later } from '../../console/later.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { useMay } from '../../session/session.js';

const BlockDialog = later(() => import('../../customers/block-dialog.js').then((module) => module.BlockDialog));
const MergeDialog = later(() => import('../../customers/merge-dialog.js').then((module) => module.MergeDialog));
const NewPersonDialog = later(() =>
  import('../../customers/new-person-dialog.js').then((module) => module.NewPersonDialog),
);

interface Props {
  row: ConversationRow;
  profile: CustomerProfile | undefined;
  onChanged: () => void;
}

/** What is seldom done with a customer, and not by everybody. */
export function CustomerMenu({ row, profile, onChanged }: Props) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'block' | 'merge' | 'newPerson' | null>(null);
  const mayEdit = useMay('customer.edit');
  const mayBlock = useMay('customer.block');
  const mayMerge = useMay('customer.merge');
  const { customer } = row;
  const turn = useMutation({
    mutationFn: (what: 'unblock' | 'optOut' | 'optIn') => api[what](customer.id),
    onSuccess: onChanged,
    onError: showFault,
  });
  const close = () => setDialog(null);
  if (!mayEdit && !mayBlock && !mayMerge) return null;
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label={t('customers.more')} data-testid="customer-menu">
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayMerge && (
            <Menu.Item
              leftSection={<IconArrowMerge size={15} aria-hidden />}
              onClick={() => setDialog('merge')}
              data-testid="merge"
            >
              {t('customers.merge.menu')}
            </Menu.Item>
          )}
          {mayMerge && !customer.former && (customer.phone !== null || customer.phoneMasked) && (
            <Menu.Item
              leftSection={<IconUserPlus size={15} aria-hidden />}
              onClick={() => setDialog('newPerson')}
              data-testid="new-person"
            >
              {t('customers.newPerson.menu')}
            </Menu.Item>
          )}
          {mayEdit && (
            <Menu.Item
              leftSection={<IconBellOff size={15} aria-hidden />}
              onClick={() => turn.mutate(customer.optedOut ? 'optIn' : 'optOut')}
              data-testid="opt-out"
            >
              {t(customer.optedOut ? 'customers.standing.optIn' : 'customers.standing.optOut')}
            </Menu.Item>
          )}
          {mayBlock && (
            <Menu.Item
              leftSection={<IconBan size={15} aria-hidden />}
              onClick={() => (customer.blocked ? turn.mutate('unblock') : setDialog('block'))}
              data-testid="block"
            >
              {t(customer.blocked ? 'customers.standing.unblock' : 'customers.standing.block')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <BlockDialog opened={dialog === 'block'} onClose={close} customerId={customer.id} onDone={onChanged} />
      <MergeDialog
        opened={dialog === 'merge'}
        onClose={close}
        customer={profile?.customer ?? customer}
        accountId={row.accountId}
        onDone={onChanged}
      />
      <NewPersonDialog
        opened={dialog === 'newPerson'}
        onClose={close}
        customerId={customer.id}
        conversationId={row.id}
      />
    </>
  );
}
