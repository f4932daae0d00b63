import { useMantineColorScheme } from '@mantine/core';
import {
  IconBlockquote,
  IconBuildingStore,
  IconMessageQuestion,
  IconCommand,
  IconMessage,
  IconMoon,
  IconRobot,
  IconSun,
  type Icon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationList } from '../conversations/list.cache.js';
import { useCustomerName } from '../conversations/names.js';
import { keys } from '../conversations/queries.js';
import { useMay } from '../session/session.js';
import { usePreferences } from '../settings/preferences.js';
import { canRun, runCommand } from './commands.js';
import { keyedCommands, keysOf } from './keymap.js';
import { useConsole } from './use-console.js';

export interface PaletteItem {
  id: string;
  icon: Icon;
  label: string;
  kind: string;
  /** How it may be asked for; the label first. */
  names: string[];
  keys?: string | undefined;
  run: () => void;
}

/** What could be done the moment the palette was opened. */
export function usePaletteItems(): PaletteItem[] {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { open } = useConsole();
  const { keys: choices } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const nameOf = useCustomerName();
  const managesBots = useMay('bot.manage');
  const managesQueues = useMay('queue.manage');
  const proposesFaq = useMay('faq.propose');
  const also = (words: string) => words.split('、');
  const [items] = useState(() => {
    const commands = keyedCommands
      .filter((command) => command !== 'palette' && command !== 'open' && canRun(command))
      .map((command): PaletteItem => {
        const label = t(`keys.name.${command}`);
        return {
          id: command,
          icon: IconCommand,
          label,
          kind: t('keys.command'),
          names: [label, ...also(t(`keys.also.${command}`))],
          keys: keysOf(command, choices)[0],
          run: () => void runCommand(command),
        };
      });
    const page = (id: string, icon: Icon, label: string, words: string, run: () => void): PaletteItem => ({
      id,
      icon,
      label,
      kind: t('keys.pages'),
      names: [label, ...also(words)],
      run,
    });
    const pages = [
      page(
        'canned',
        IconBlockquote,
        t('keys.canned'),
        t('keys.cannedAlso'),
        () => void navigate({ to: '/canned', search: (old) => old }),
      ),
      ...(proposesFaq
        ? [
            page(
              'faq',
              IconMessageQuestion,
              t('faq.menu'),
              t('faq.also'),
              () => void navigate({ to: '/admin/faq', search: (old) => old }),
            ),
          ]
        : []),
      ...(managesQueues
        ? [
            page(
              'queues',
              IconBuildingStore,
              t('keys.queues'),
              t('keys.queuesAlso'),
              () => void navigate({ to: '/admin/queues', search: (old) => old }),
            ),
          ]
        : []),
      ...(managesBots
        ? [
            page(
              'bots',
              IconRobot,
              t('bots.admin.menu'),
              t('bots.admin.menuAlso'),
              () => void navigate({ to: '/admin/bots', search: (old) => old }),
            ),
          ]
        : []),
      page('light', IconSun, t('keys.themeLight'), t('keys.themeAlso'), () => setColorScheme('light')),
      page('dark', IconMoon, t('keys.themeDark'), t('keys.themeAlso'), () => setColorScheme('dark')),
    ];
    const rows = client
      .getQueriesData<ConversationList>({ queryKey: keys.lists })
      .flatMap(([, list]) => list?.rows ?? []);
    const conversations = [...new Map(rows.map((row) => [row.id, row])).values()].map((row): PaletteItem => {
      const label = nameOf(row.customer);
      return {
        id: `conversation-${row.id}`,
        icon: IconMessage,
        label,
        kind: t('keys.conversation'),
        names: [label, row.customer.kana ?? '', row.customer.phoneDisplay],
        run: () => open(row.id),
      };
    });
    return [...commands, ...pages, ...conversations];
  });
  return items;
}
