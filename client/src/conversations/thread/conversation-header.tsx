import { ActionIcon, Button, Menu, Popover, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconChevronLeft,
  IconCircleCheck,
  IconDots,
  IconLayoutSidebarRight,
  IconUserPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { runCommand, useCommand } from '../../console/commands.js';
import { useConsole } from '../../console/use-console.js';
import { useSession } from '../../session/session.js';
import { WaitTimer } from '../list/wait-timer.js';
import { useCustomerName } from '../names.js';
import { AssignMenu } from './assign-menu.js';
import { useContactActions } from './use-contact-actions.js';
import styles from './conversation-pane.module.css';

interface Props {
  detail: ConversationDetail;
  panelShown: boolean;
  onPanel: () => void;
}

export function ConversationHeader({ detail, panelShown, onPanel }: Props) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { leave } = useConsole();
  const nameOf = useCustomerName();
  const { conversation: row, may } = detail;
  const { assign, close, busy } = useContactActions(row.id);
  const [closing, setClosing] = useState(false);
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });

  useCommand('take', () => assign.mutate('me'), may.take && !busy);
  useCommand(
    'closeAndNext',
    () => close.mutate(undefined, { onSuccess: () => void runCommand('next') }),
    may.close && !busy,
  );

  const contact = row.contact?.state === 'closed' ? null : row.contact;
  const owner =
    contact === null
      ? t('list.closed')
      : contact.assignee === null
        ? t('list.unassigned')
        : contact.assignee.id === agent.id
          ? t('list.yours')
          : t('list.assignedTo', { name: contact.assignee.name });

  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back}
        size="lg"
        aria-label={t('actions.backToList')}
        onClick={leave}
        data-testid="back"
      >
        <IconChevronLeft size={22} aria-hidden />
      </ActionIcon>
      <div className={styles.who}>
        <h1 data-testid="customer-name">{nameOf(row.customer)}</h1>
        <p>
          <span data-testid="owner">{owner}</span>
          {row.waitingSince !== null && <WaitTimer since={row.waitingSince} />}
        </p>
      </div>
      <div className={styles.actions} role="group" aria-label={t('actions.label')}>
        {may.take && (
          <Button
            size="xs"
            variant="light"
            loading={assign.isPending}
            onClick={() => assign.mutate('me')}
            data-testid="take"
          >
            {t('actions.take')}
          </Button>
        )}
        {!narrow && may.assign && contact !== null && (
          <AssignMenu assignee={contact.assignee?.id ?? null} onAssign={(id) => assign.mutate(id)}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconUserPlus size={15} aria-hidden />}
              data-testid="assign"
            >
              {t('actions.assign')}
            </Button>
          </AssignMenu>
        )}
        {!narrow && may.giveBack && (
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            onClick={() => assign.mutate(null)}
            data-testid="give-back"
          >
            {t('actions.giveBack')}
          </Button>
        )}
        {may.close && (
          <Popover
            opened={closing}
            onChange={setClosing}
            position="bottom-end"
            trapFocus
            returnFocus
            shadow="md"
            withRoles
          >
            <Popover.Target>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconCircleCheck size={15} aria-hidden />}
                onClick={() => setClosing(!closing)}
                data-testid="close"
              >
                {t('actions.close')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown aria-label={t('actions.closeTitle')}>
              <div className={styles.closing}>
                <h2>{t('actions.closeTitle')}</h2>
                {row.waitingSince !== null && <p className={styles.warning}>{t('actions.closeWaiting')}</p>}
                <p>{t('actions.closeText')}</p>
                <div className={styles.actions}>
                  <Button
                    size="xs"
                    loading={close.isPending}
                    onClick={() => close.mutate(undefined, { onSettled: () => setClosing(false) })}
                    data-testid="close-confirm"
                    data-autofocus
                  >
                    {t('actions.close')}
                  </Button>
                  <Button size="xs" variant="subtle" color="gray" onClick={() => setClosing(false)}>
                    {t('common.cancel')}
                  </Button>
                </div>
              </div>
            </Popover.Dropdown>
          </Popover>
        )}
        {narrow && contact !== null && (may.giveBack || may.assign) && (
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon size="lg" aria-label={t('common.more')} data-testid="more">
                <IconDots size={19} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {may.giveBack && (
                <Menu.Item
                  leftSection={<IconArrowBackUp size={16} aria-hidden />}
                  onClick={() => assign.mutate(null)}
                  data-testid="give-back"
                >
                  {t('actions.giveBack')}
                </Menu.Item>
              )}
              {may.assign && (
                <AssignMenu inside assignee={contact.assignee?.id ?? null} onAssign={(id) => assign.mutate(id)} />
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        <Tooltip label={t('actions.panel')}>
          <ActionIcon
            size="lg"
            aria-label={t('actions.panel')}
            aria-pressed={panelShown}
            onClick={onPanel}
            data-testid="panel"
          >
            <IconLayoutSidebarRight size={19} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}
