import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ListPane } from '../conversations/list/list-pane.js';
import { NothingOpen } from '../conversations/thread/nothing-open.js';
import { OffersView } from '../offers/offers-view.js';
import { useCommand } from './commands.js';
import { fetchAhead } from './fetch-ahead.js';
import { later } from './later.js';
import { NoticesView } from './notices-view.js';
import { Title } from './title.js';
import { TopBar } from './top-bar.js';
import { useConsole } from './use-console.js';
import { useShortcuts } from './use-shortcuts.js';
import styles from './console-screen.module.css';

/** Most of the console's code: where one works, but not what one sees first. */
const ConversationPane = later(
  () => import('../conversations/thread/conversation-pane.js').then((module) => module.ConversationPane),
  <main className={styles.waiting} aria-busy />,
);
const QueuesScreen = later(() => import('../admin/queues/queues-screen.js').then((module) => module.QueuesScreen));
const ShortcutsDialog = later(() => import('./shortcuts-dialog.js').then((module) => module.ShortcutsDialog));

export function ConsoleScreen() {
  const { conversationId, leave } = useConsole();
  const administers = useLocation({ select: ({ pathname }) => pathname.startsWith('/admin/queues') });
  const [help, setHelp] = useState(false);
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  useEffect(() => fetchAhead(), []);
  useShortcuts();
  useCommand('help', () => setHelp(true));
  useCommand('back', leave, phone && conversationId !== undefined);

  return (
    <div className={styles.shell}>
      <Title />
      <TopBar onHelp={() => setHelp(true)} />
      <OffersView />
      {administers ? (
        <QueuesScreen onClose={leave} />
      ) : (
        <div className={styles.panes} data-open={conversationId === undefined ? undefined : true}>
          <ListPane />
          {conversationId === undefined ? (
            <NothingOpen />
          ) : (
            <ConversationPane key={conversationId} conversationId={conversationId} onClose={leave} />
          )}
        </div>
      )}
      <NoticesView />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
