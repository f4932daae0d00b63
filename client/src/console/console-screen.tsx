import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ListPane } from '../conversations/list/list-pane.js';
import { NothingOpen } from '../conversations/thread/nothing-open.js';
import { OffersView } from '../offers/offers-view.js';
import { NewsSignals } from '../signals/news-signals.js';
import { useCommand } from './commands.js';
import { fetchAhead } from './fetch-ahead.js';
import { later } from './later.js';
import { NoticesView } from './notices-view.js';
import { Title } from './title.js';
import { TopBar } from './top-bar.js';
import { useConsole } from './use-console.js';
import { usePlaces } from './use-places.js';
import { useShortcuts } from './use-shortcuts.js';
import styles from './console-screen.module.css';

/** Most of the console's code: where one works, but not what one sees first. */
const ConversationPane = later(
  () => import('../conversations/thread/conversation-pane.js').then((module) => module.ConversationPane),
  { waiting: <main className={styles.waiting} aria-busy />, soon: true },
);
const QueuesScreen = later(() => import('../admin/queues/queues-screen.js').then((module) => module.QueuesScreen));
const CustomersScreen = later(() =>
  import('../admin/customers/customers-screen.js').then((module) => module.CustomersScreen),
);
const FlowsScreen = later(() => import('../flows/flows-screen.js').then((module) => module.FlowsScreen));
const ReplaysScreen = later(() => import('../replays/replays-screen.js').then((module) => module.ReplaysScreen));
const BotsScreen = later(() => import('../admin/bots/bots-screen.js').then((module) => module.BotsScreen));
const CannedScreen = later(() => import('../canned/canned-screen.js').then((module) => module.CannedScreen));
const FaqScreen = later(() => import('../faq/faq-screen.js').then((module) => module.FaqScreen));
const SettingsScreen = later(() => import('../settings/settings-screen.js').then((module) => module.SettingsScreen));
const Palette = later(() => import('./palette.js').then((module) => module.Palette));
const ShortcutsDialog = later(() => import('./shortcuts-dialog.js').then((module) => module.ShortcutsDialog));

export function ConsoleScreen() {
  const { conversationId, leave } = useConsole();
  const administers = useLocation({ select: ({ pathname }) => pathname.startsWith('/admin/queues') });
  const keepsCustomers = useLocation({ select: ({ pathname }) => pathname.startsWith('/admin/customers') });
  const makesFlows = useLocation({ select: ({ pathname }) => /^\/flows(\/|$)/.test(pathname) });
  const replays = useLocation({ select: ({ pathname }) => /^\/replays(\/|$)/.test(pathname) });
  const keepsBots = useLocation({ select: ({ pathname }) => pathname === '/admin/bots' });
  const keepsTexts = useLocation({ select: ({ pathname }) => /^\/canned(\/|$)/.test(pathname) });
  const keepsFaq = useLocation({ select: ({ pathname }) => /^\/admin\/faq(\/|$)/.test(pathname) });
  const sets = useLocation({ select: ({ pathname }) => pathname === '/settings' });
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  useEffect(() => fetchAhead(), []);
  useShortcuts();
  usePlaces();
  useCommand('help', () => setHelp(true));
  useCommand('palette', () => setPalette(true));
  useCommand('back', leave, phone && conversationId !== undefined);

  return (
    <div className={styles.shell}>
      <Title />
      <NewsSignals />
      <TopBar onHelp={() => setHelp(true)} />
      <OffersView />
      {administers ? (
        <QueuesScreen onClose={leave} />
      ) : sets ? (
        <SettingsScreen onClose={leave} />
      ) : keepsCustomers ? (
        <CustomersScreen onClose={leave} />
      ) : makesFlows ? (
        <FlowsScreen onClose={leave} />
      ) : replays ? (
        <ReplaysScreen onClose={leave} />
      ) : keepsBots ? (
        <BotsScreen onClose={leave} />
      ) : keepsFaq ? (
        <FaqScreen onClose={leave} />
      ) : keepsTexts ? (
        <CannedScreen onClose={leave} />
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
      {palette && <Palette onClose={() => setPalette(false)} />}
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  );
}
