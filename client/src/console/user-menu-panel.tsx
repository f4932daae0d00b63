import { Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconAddressBook,
  IconAdjustmentsHorizontal,
  IconBlockquote,
  IconBuildingStore,
  IconMessageQuestion,
  IconCommand,
  IconHelp,
  IconMap2,
  IconRobot,
  IconLogout,
  IconUsers,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inHand, myListQuery } from '../agents/in-hand.js';
import { clearDesk, drafts, live, outbox, person } from '../desk.js';
import { api } from '../http/api.js';
import { sessionQuery, useMay, useSession } from '../session/session.js';
import { LanguageSwitch } from '../settings/language-switch.js';
import { preferences, usePreferences } from '../settings/preferences.js';
import { SignalSettings } from '../offers/signal-settings.js';
import { WritingSettings } from '../writing/writing-settings.js';
import { runCommand } from './commands.js';
import { later } from './later.js';
import { showFault } from './notices.js';
import { hasUnsaved } from './unsaved.js';
import { modKey } from './use-shortcuts.js';
import { UserFace } from './user-face.js';
import styles from './top-bar.module.css';

const AgentsDialog = later(() => import('../agents/agents-dialog.js').then((module) => module.AgentsDialog));
const LeaveDialog = later(() => import('../agents/leave-dialog.js').then((module) => module.LeaveDialog));
const SignOutDialog = later(() => import('./sign-out-dialog.js').then((module) => module.SignOutDialog));

interface Props {
  onHelp: () => void;
  /** Gone for good only when it cannot be fetched. */
  onClose: () => void;
}

/** What is behind one's own name. Opens as soon as it is there: its code is fetched when somebody asks for it. */
export function UserMenuPanel({ onHelp }: Props) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const client = useQueryClient();
  const { sendKey } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, setOpened] = useState(false);
  const face = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Where the keyboard goes back to when the menu closes.
    face.current?.focus();
    const frame = requestAnimationFrame(() => setOpened(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  const [asking, setAsking] = useState<'unsent' | 'held' | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [people, setPeople] = useState(false);
  const steers = useMay('agent.steer');
  const managesQueues = useMay('queue.manage');
  const managesBots = useMay('bot.manage');
  const proposesFaq = useMay('faq.propose');
  const managesCustomers = useMay('customer.manage');
  const navigate = useNavigate();

  const leave = async () => {
    setLeaving(true);
    await drafts.flushAll();
    try {
      await person.send();
      await api.signOut();
    } catch (error) {
      // Still at work: neither the question nor the menu may lie over it and over the notice that says why.
      setLeaving(false);
      setAsking(null);
      setOpened(false);
      return showFault(error);
    }
    clearDesk();
    client.setQueryData(sessionQuery().queryKey, null);
  };

  /** Without a line nothing can be done for whoever she has: then it is only tried. */
  const askAboutHeld = () => {
    const list = client.getQueryData(myListQuery(agent.id).queryKey);
    if (!live.online || inHand(list?.rows ?? [], agent.id).length === 0) return void leave();
    setOpened(false);
    setAsking('held');
  };

  const signOut = async () => {
    if (hasUnsaved()) {
      // Whatever holds it asks when it is left; whoever stays there stays signed in.
      setOpened(false);
      await navigate({ to: '/', search: (old) => old });
      if (hasUnsaved()) return;
    }
    if (outbox.all().length === 0) return askAboutHeld();
    setOpened(false);
    setAsking('unsent');
  };

  return (
    <>
      <Popover position="bottom-end" width={290} trapFocus returnFocus withRoles opened={opened} onChange={setOpened}>
        <Popover.Target>
          <UserFace ref={face} onClick={() => setOpened(!opened)} />
        </Popover.Target>
        <Popover.Dropdown className={styles.menu} aria-label={t('menu.user', { name: agent.name })}>
          <p className={styles.identity}>
            {agent.email}
            {' · '}
            {t(`role.${agent.role}`)}
          </p>
          <div className={styles.setting}>
            <span>{t('menu.language')}</span>
            <LanguageSwitch fullWidth />
          </div>
          <div className={`${styles.setting} ${styles.phone}`}>
            <span>{t('menu.theme')}</span>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={t('menu.theme')}
              value={colorScheme}
              onChange={setColorScheme}
              data={[
                { value: 'light' as const, label: t('menu.themeLight') },
                { value: 'dark' as const, label: t('menu.themeDark') },
                { value: 'auto' as const, label: t('menu.themeSystem') },
              ]}
            />
          </div>
          <div className={styles.setting}>
            <span>{t('menu.sendKey')}</span>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={t('menu.sendKey')}
              data-testid="send-key"
              value={sendKey}
              onChange={(value) => preferences.set({ sendKey: value === 'enter' ? 'enter' : 'modEnter' })}
              data={[
                { value: 'modEnter', label: `${modKey} + Enter` },
                { value: 'enter', label: 'Enter' },
              ]}
            />
          </div>
          <WritingSettings />
          <SignalSettings />
          {steers && (
            <UnstyledButton
              className={styles.item}
              data-testid="agents"
              onClick={() => {
                setOpened(false);
                setPeople(true);
              }}
            >
              <IconUsers size={16} aria-hidden />
              {t('agents.menu')}
            </UnstyledButton>
          )}
          <UnstyledButton
            className={styles.item}
            data-testid="canned-menu"
            onClick={() => {
              setOpened(false);
              void navigate({ to: '/canned', search: (old) => old });
            }}
          >
            <IconBlockquote size={16} aria-hidden />
            {t('canned.menu')}
          </UnstyledButton>
          {proposesFaq && (
            <UnstyledButton
              className={styles.item}
              data-testid="faq-menu"
              onClick={() => {
                setOpened(false);
                void navigate({ to: '/admin/faq', search: (old) => old });
              }}
            >
              <IconMessageQuestion size={16} aria-hidden />
              {t('faq.menu')}
            </UnstyledButton>
          )}
          {managesQueues && (
            <UnstyledButton
              className={styles.item}
              data-testid="queues-menu"
              onClick={() => {
                setOpened(false);
                void navigate({ to: '/admin/queues', search: (old) => old });
              }}
            >
              <IconBuildingStore size={16} aria-hidden />
              {t('queues.menu')}
            </UnstyledButton>
          )}
          {managesBots && (
            <UnstyledButton
              className={styles.item}
              data-testid="bots-menu"
              onClick={() => {
                setOpened(false);
                void navigate({ to: '/admin/bots', search: (old) => old });
              }}
            >
              <IconRobot size={16} aria-hidden />
              {t('bots.admin.menu')}
            </UnstyledButton>
          )}
          {managesCustomers && (
            <UnstyledButton
              className={styles.item}
              data-testid="customers-menu"
              onClick={() => {
                setOpened(false);
                void navigate({ to: '/admin/customers', search: (old) => old });
              }}
            >
              <IconAddressBook size={16} aria-hidden />
              {t('customers.admin.menu')}
            </UnstyledButton>
          )}
          <UnstyledButton
            className={styles.item}
            data-testid="settings-menu"
            onClick={() => {
              setOpened(false);
              void navigate({ to: '/settings', search: (old) => old });
            }}
          >
            <IconAdjustmentsHorizontal size={16} aria-hidden />
            {t('settings.menu')}
          </UnstyledButton>
          <UnstyledButton
            className={styles.item}
            data-testid="palette-menu"
            onClick={() => {
              setOpened(false);
              runCommand('palette');
            }}
          >
            <IconCommand size={16} aria-hidden />
            {t('keys.name.palette')}
          </UnstyledButton>
          <UnstyledButton
            className={styles.item}
            data-testid="tour-menu"
            onClick={() => {
              setOpened(false);
              preferences.set({ toured: false });
              void navigate({ to: '/', search: (old) => old });
            }}
          >
            <IconMap2 size={16} aria-hidden />
            {t('tour.menu')}
          </UnstyledButton>
          <UnstyledButton
            className={styles.item}
            onClick={() => {
              setOpened(false);
              onHelp();
            }}
          >
            <IconHelp size={16} aria-hidden />
            {t('menu.shortcutsHelp')}
          </UnstyledButton>
          <hr />
          <UnstyledButton
            className={styles.item}
            data-testid="sign-out"
            disabled={leaving}
            onClick={() => void signOut()}
          >
            <IconLogout size={16} aria-hidden />
            {t('menu.signOut')}
          </UnstyledButton>
        </Popover.Dropdown>
      </Popover>
      {people && <AgentsDialog onClose={() => setPeople(false)} />}
      {asking === 'unsent' && <SignOutDialog busy={leaving} onLeave={askAboutHeld} onClose={() => setAsking(null)} />}
      {asking === 'held' && (
        <LeaveDialog purpose="signOut" busy={leaving} onLeave={() => void leave()} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
