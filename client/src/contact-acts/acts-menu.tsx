import { ActionIcon, Kbd, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCheck,
  IconCircleCheck,
  IconClockPause,
  IconDots,
  IconHelpHexagon,
  IconMessageQuestion,
  IconPlayerPause,
  IconPlayerPlay,
  IconRobot,
  IconUserPlus,
  IconUserShare,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { priorities, type ConversationDetail, type Priority } from '#libs/contracts/index.js';
import { useCommand } from '../console/commands.js';
import { useMay } from '../session/session.js';
import { openContact, type ActDialogName, type Acts } from './acts-of.js';
import styles from './header-acts.module.css';
import { useActs } from './use-acts.js';

interface Props {
  detail: ConversationDetail;
  acts: Acts;
  /** Also those that have a button of their own where there is room. */
  all: boolean;
  onOpen: (dialog: ActDialogName) => void;
  onTurn: () => void;
  onGiveBack: () => void;
}

export function ActsMenu({ detail, acts, all, onOpen, onTurn, onGiveBack }: Props) {
  const { t } = useTranslation();
  const { conversation: row } = detail;
  const contact = openContact(row);
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { prioritise } = useActs(row.id);
  const words = {
    urgent: t('acts.urgent'),
    high: t('acts.high'),
    normal: t('acts.normal'),
    low: t('acts.low'),
  };
  useCommand(
    'priority',
    () => {
      button.current?.focus();
      setOpened(true);
      // The menu takes the keyboard first, and to its first item.
      setTimeout(() => document.querySelector<HTMLElement>('[data-chosen-priority]')?.focus(), MENU_MS);
    },
    acts.prioritise,
  );
  const navigate = useNavigate();
  const proposesFaq = useMay('faq.propose') && detail.contacts.length > 0;
  const history = detail.contacts.length > 0;
  if (!history && !acts.giveBack && !acts.prioritise && !(all && (acts.assign || acts.close))) return null;
  return (
    <Menu position="bottom-end" width={250} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon ref={button} size="lg" aria-label={t('common.more')} data-testid="more">
          <IconDots size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {all && (
          <>
            {acts.transfer && (
              <Menu.Item
                leftSection={<IconUserShare size={16} aria-hidden />}
                rightSection={<KeyHint of="t" />}
                onClick={() => onOpen('transfer')}
                data-testid="transfer"
              >
                {t('acts.transfer')}
              </Menu.Item>
            )}
            {acts.hold !== null && (
              <Menu.Item
                leftSection={
                  acts.hold === 'resume' ? (
                    <IconPlayerPlay size={16} aria-hidden />
                  ) : (
                    <IconPlayerPause size={16} aria-hidden />
                  )
                }
                rightSection={<KeyHint of="h" />}
                onClick={onTurn}
                data-testid="hold"
              >
                {t(acts.hold === 'resume' ? 'acts.resume' : 'acts.hold')}
              </Menu.Item>
            )}
            {acts.snooze && (
              <Menu.Item
                leftSection={<IconClockPause size={16} aria-hidden />}
                rightSection={<KeyHint of="z" />}
                onClick={() => onOpen('snooze')}
                data-testid="snooze"
              >
                {t('acts.snooze')}
              </Menu.Item>
            )}
            {acts.assign && (
              <Menu.Item
                leftSection={<IconUserPlus size={16} aria-hidden />}
                onClick={() => onOpen('assign')}
                data-testid="assign"
              >
                {t('acts.assign')}
              </Menu.Item>
            )}
          </>
        )}
        {acts.giveBack && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={onGiveBack}
            data-testid="give-back"
          >
            {t('actions.giveBack')}
          </Menu.Item>
        )}
        {acts.returnToBot && (
          <Menu.Item
            leftSection={<IconRobot size={16} aria-hidden />}
            onClick={() => onOpen('returnToBot')}
            data-testid="return-to-bot"
          >
            {t('bots.back.act')}
          </Menu.Item>
        )}
        {all && acts.close && (
          <Menu.Item
            leftSection={<IconCircleCheck size={16} aria-hidden />}
            onClick={() => onOpen('close')}
            data-testid="close"
          >
            {t('actions.close')}
          </Menu.Item>
        )}
        {history && (
          <Menu.Item
            leftSection={<IconHelpHexagon size={16} aria-hidden />}
            rightSection={<KeyHint of="y" />}
            onClick={() => onOpen('reasons')}
            data-testid="reasons"
          >
            {t('acts.reasons')}
          </Menu.Item>
        )}
        {proposesFaq && (
          <Menu.Item
            leftSection={<IconMessageQuestion size={16} aria-hidden />}
            onClick={() =>
              void navigate({
                to: '/admin/faq/$faqPlace',
                params: { faqPlace: `from-${row.id}` },
                search: (old) => old,
              })
            }
            data-testid="to-faq"
          >
            {t('faq.fromThread')}
          </Menu.Item>
        )}
        {acts.prioritise && contact !== null && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('acts.priority')}</Menu.Label>
            <Menu.RadioGroup
              value={contact.priority}
              onChange={(value) => {
                if (value !== contact.priority) prioritise.mutate(value as Priority);
              }}
            >
              {priorities.map((priority) => (
                <Menu.RadioItem
                  key={priority}
                  value={priority}
                  closeMenuOnClick
                  checkIcon={<IconCheck size={14} aria-hidden />}
                  data-chosen-priority={priority === contact.priority || undefined}
                  data-testid={`priority-${priority}`}
                >
                  {words[priority]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const MENU_MS = 60;

/** Not where there are no keys. */
function KeyHint({ of }: { of: string }) {
  return (
    <Kbd size="xs" className={styles.key}>
      {of}
    </Kbd>
  );
}
