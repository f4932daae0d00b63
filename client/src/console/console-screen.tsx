import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ConversationPane } from '../conversations/thread/conversation-pane.js';
import { ListPane } from '../conversations/list/list-pane.js';
import { NothingOpen } from '../conversations/thread/nothing-open.js';
import { OffersView } from '../offers/offers-view.js';
import { useCommand } from './commands.js';
import { fetchAhead } from './fetch-ahead.js';
import { later } from './later.js';
import { NoticesView } from './notices-view.js';
import { TopBar } from './top-bar.js';
import { useConsole } from './use-console.js';
import { useShortcuts } from './use-shortcuts.js';
import { useTitle } from './use-title.js';
import styles from './console-screen.module.css';

const QueuesScreen = later(() => import('../admin/queues/queues-screen.js').then((module) => module.QueuesScreen));
const CustomersScreen = later(() =>
  import('../admin/customers/customers-screen.js').then((module) => module.CustomersScreen),
);
const CannedScreen = later(() => import('../canned/canned-screen.js').then((module) => module.CannedScreen));
const ShortcutsDialog = later(() => import('./shortcuts-dialog.js').then((module) => module.ShortcutsDialog));

export function ConsoleScreen() {
  const { conversationId, leave } = useConsole();
  const administers = useLocation({ select: ({ pathname }) => pathname.startsWith('/admin/queues') });
  const keepsCustomers = useLocation({ select: ({ pathname }) => pathname.startsWith('/admin/customers') });
  const keepsTexts = useLocation({ select: ({ pathname }) => /^\/canned(\/|$)/.test(pathname) });
  const [help, setHelp] = useState(false);
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  useEffect(() => fetchAhead(), []);
  useShortcuts();
  useTitle();
  useCommand('help', () => setHelp(true));
  useCommand('back', leave, phone && conversationId !== undefined);

  return (
    <div className={styles.shell}>
      <TopBar onHelp={() => setHelp(true)} />
      <OffersView />
      {administers ? (
        <QueuesScreen onClose={leave} />
      ) : keepsCustomers ? (
        <CustomersScreen onClose={leave} />
      ) : keepsTexts ? (
        <CannedScreen onClose={leave} />
      ) : (
        <div className={styles.panes} data-open={conversationId === undefined ? undefined : true}>
          <ListPane />
          {conversationId === undefined ? (
            <NothingOpen />
          ) : (
            <ConversationPane key={conversationId} conversationId={conversationId} />
          )}
        </div>
      )}
      <NoticesView />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
