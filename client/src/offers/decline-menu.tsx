import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { declineReasons, type DeclineReason } from '#libs/contracts/index.js';
import { useCommand } from '../console/commands.js';

const words = {
  busy: 'offers.reason.busy',
  wrongSkill: 'offers.reason.wrongSkill',
  knowsCustomer: 'offers.reason.knowsCustomer',
  break: 'offers.reason.break',
  other: 'offers.reason.other',
} as const satisfies Record<DeclineReason, string>;

interface Props {
  busy: boolean;
  /** The key may open it. */
  listens: boolean;
  onChoose: (reason: DeclineReason) => void;
}

/** 断る always says why: the queue's people are asked in another order next time, and a supervisor can read it. */
export function DeclineMenu({ busy, listens, onChoose }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useCommand(
    'declineOffer',
    () => {
      button.current?.focus();
      setOpened(true);
    },
    listens && !busy,
  );
  return (
    <Menu position="top-end" width={230} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button
          ref={button}
          size="sm"
          variant="default"
          disabled={busy}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-testid="decline-offer"
        >
          {t('offers.decline')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('offers.declineWhy')}</Menu.Label>
        {declineReasons.map((reason) => (
          <Menu.Item key={reason} onClick={() => onChoose(reason)} data-testid={`decline-${reason}`}>
            {t(words[reason])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
