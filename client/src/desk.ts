import { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { fileLimits, type PostContent } from '#libs/contracts/index.js';
import { LiveAgents } from './agents/live-agents.js';
import { api, onSignedOut } from './http/api.js';
import { ApiError } from './http/api-error.js';
import { bindLive } from './connection/bind-live.js';
import { Live } from './connection/live.js';
import { TransferWatch } from './contact-acts/transfer-watch.js';
import { dropWords } from './contact-acts/wrap-up-words.js';
import { dropAllChips } from './canned/chips.js';
import { LiveCanned } from './canned/live-canned.js';
import { LiveConversations } from './conversations/live-conversations.js';
import { afterFirstScreen } from './console/first-screen.js';
import { showNotice } from './console/notices.js';
import { recentSearches } from './finding/recent-searches.js';
import { LiveOffers } from './offers/live-offers.js';
import { Tabs } from './offers/tabs.js';
import { LiveQueues } from './queues/live-queues.js';
import { myQueuesQuery } from './queues/queries.js';
import { TypingStore } from './conversations/typing-store.js';
import { restOfTexts } from './i18n/i18n.js';
import { Attachments, type Original } from './media/attachments.js';
import { isPicture } from './media/picture-box.js';
import { TusTransfer } from './media/tus-transfer.js';
import { Drafts } from './outbox/drafts.js';
import { forgetCatalogue } from './customers/queries.js';
import { Outbox, type Unsent } from './outbox/outbox.js';
import { sessionOf, sessionQuery } from './session/session.js';
import { News } from './signals/news.js';
import { FollowPerson } from './settings/follow-person.js';
import { serverNow } from './time/clock.js';
import { Kept } from './writing/kept.js';
import { LiveNotifications } from './writing/live-notifications.js';
import { Viewing } from './writing/viewing.js';

const ASLEEP_MS = 60_000;

/** One browser tab: the cache, the line to the server, and what waits to be sent. It outlives every screen. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // News keep the cache right; nothing is fetched again for being looked at again.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 15 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && error instanceof ApiError && error.passing,
      retryDelay: (attempt) => Math.min(4000, 400 * 2 ** attempt) * (0.5 + Math.random() / 2),
    },
    mutations: { networkMode: 'always' },
  },
});

export const live = new Live({
  connected: () => {
    wakeOutbox();
    if (seated !== null) catchUp();
  },
  refused: () => void queryClient.invalidateQueries(sessionQuery()),
});

export const typing = new TypingStore();

export const conversations = new LiveConversations(queryClient, live, () => sessionOf(queryClient));

export const agents = new LiveAgents(queryClient, live, () => sessionOf(queryClient)?.agent.id ?? null);

export const offers = new LiveOffers(queryClient, (row) => conversations.row({ id: row.id, row }));

export const queues = new LiveQueues(queryClient);

export const canned = new LiveCanned(queryClient);

/** This tab among the others of the same browser. */
export const tabs = new Tabs(navigator.locks as LockManager | undefined, Date.now);

function catchUp(): void {
  void conversations.catchUp();
  void agents.catchUp();
  void offers.catchUp();
  void queues.catchUp();
  forgetCatalogue(queryClient);
  void canned.catchUp();
  void person.fetch();
  notifications.catchUp();
  viewing.begin();
  drafts.refresh(() => api.drafts()).catch(() => undefined);
}

export const drafts = new Drafts({
  save: (id, body, lastChance) => api.draft(id, body, lastChance),
  changed: (draft) => conversations.draft(draft),
});

/** Who else looks at a conversation. */
export const viewers = new TypingStore();

export const viewing = new Viewing({
  say: (id, active, asks) => live.viewing(id, active, asks),
  me: () => sessionOf(queryClient)?.agent.id ?? null,
  random: Math.random,
});

export const notifications = new LiveNotifications(queryClient, ({ by, conversationId }) => {
  // She sees it come.
  if (!viewing.shows(conversationId)) showNotice(i18next.t('writing.named', { name: by.name }), 'news');
});

const sleepers = new Set<() => void>();

function wakeOutbox(): void {
  for (const wake of sleepers) wake();
}

/** Ends after so many milliseconds, or when the line is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    sleepers.add(wake);
  });
}

export const attachments = new Attachments({
  transfer: (file, received) => new TusTransfer(file, received),
  view: api.upload,
  drop: api.dropUpload,
  preview: (file) => (isPicture(file.type) ? URL.createObjectURL(file) : null),
  forget: (preview) => URL.revokeObjectURL(preview),
  pause,
  newest: (conversationId) => conversations.threads.get(conversationId)?.lastSeq ?? null,
  limit: fileLimits.bytes,
});

function contentOf({ text, suggestions, attached }: Unsent): PostContent {
  const found = attached === undefined ? undefined : attachments.find(attached);
  if (found?.type === 'file') return { type: 'media', uploadId: found.uploadId! };
  if (found?.type === 'sticker') return { type: 'sticker', sticker: found.sticker };
  if (found?.type !== 'location') return { type: 'text', text, ...(suggestions ? { suggestions } : {}) };
  const { latitude, longitude, label } = found;
  return { type: 'location', latitude, longitude, ...(label === undefined ? {} : { label }) };
}

/** By the message's id. */
export const keptWords = new Kept<string>();
/** By the browser's own id of the message: its event may be here, and what hung there gone, before the answer. */
export const keptAttached = new Kept<Original>();

function keepAttached({ clientId, attached, undoSeconds }: Unsent): void {
  const original = attached === undefined || !undoSeconds ? undefined : attachments.original(attached);
  if (original) keptAttached.keep(clientId, original);
}

export const outbox = new Outbox({
  ready: async ({ attached }: Unsent) => {
    if (attached !== undefined && attachments.find(attached)?.type === 'file') await attachments.whenReady(attached);
  },
  post: (unsent: Unsent) => {
    if (unsent.kind === 'note') {
      return api.note(unsent.conversationId, {
        clientId: unsent.clientId,
        text: unsent.text,
        ...(unsent.mentions?.length ? { mentions: [...unsent.mentions] } : {}),
      });
    }
    keepAttached(unsent);
    return api.post(unsent.conversationId, {
      clientId: unsent.clientId,
      content: contentOf(unsent),
      ...(typeof unsent.answering === 'number' ? { answering: unsent.answering } : {}),
      ...(unsent.anyway ? { anyway: true } : {}),
      ...(unsent.undoSeconds ? { undoSeconds: unsent.undoSeconds } : {}),
    });
  },
  stored: (unsent, message) => {
    if (unsent.undoSeconds && unsent.attached === undefined) keptWords.keep(message.id, unsent.text);
    return conversations.threads.answer(message);
  },
  now: serverNow,
  pause,
  random: Math.random,
});
// Confirmed, by its answer or by its event: the message has its own picture now.
outbox.subscribe(() => attachments.keepLeaving(new Set(outbox.all().map(({ attached }) => attached))));

async function transferNews() {
  const [news] = await Promise.all([import('./contact-acts/transfer-news.js'), restOfTexts()]);
  return news;
}

export const transfers = new TransferWatch({
  me: () => sessionOf(queryClient)?.agent.id ?? null,
  outcome: async (...asked) => (await transferNews()).transferOutcome(...asked),
  tell: (end, agentId, row) => void transferNews().then((news) => news.tellTransferEnd(queryClient, end, agentId, row)),
});

export const news = new News({
  me: () => sessionOf(queryClient)?.agent.id ?? null,
  inTeam: (queueId) => queryClient.getQueryData(myQueuesQuery().queryKey)?.includes(queueId) ?? false,
});

export const person = new FollowPerson();

bindLive(live.socket, {
  news,
  conversations,
  agents,
  offers,
  queues,
  canned,
  transfers,
  typing,
  viewers,
  viewing,
  drafts,
  notifications,
  outbox,
  person,
  catalogueChanged: () => forgetCatalogue(queryClient),
  askWhoIAm: () => void queryClient.invalidateQueries(sessionQuery()),
  catchUp,
});

onSignedOut(() => {
  queryClient.setQueryData(sessionQuery().queryKey, null);
});

let seated: string | null = null;

/** Somebody was signed in at this browser when its last page went. */
const SEATED = 'madoguchi.seated';

function keepSeat(kept: boolean): void {
  try {
    if (kept) localStorage.setItem(SEATED, '1');
    else localStorage.removeItem(SEATED);
  } catch {
    // A browser that keeps nothing reaches for the line a moment later.
  }
}

function seatKept(): boolean {
  try {
    return localStorage.getItem(SEATED) !== null;
  } catch {
    return false;
  }
}

/**
 * The line is begun while it is still being asked who is signed in: whoever was a moment ago, most likely is. Nobody being
 * there, the server refuses it.
 */
export function reachForLine(): void {
  if (seatKept()) live.start();
}

/** Called when somebody is signed in. The same person coming back finds her unsent words; another one does not. */
export function openDesk(agentId: string): void {
  if (seated !== null && seated !== agentId) clearDesk();
  seated = agentId;
  person.begin(agentId);
  tabs.show({ visible: !document.hidden });
  keepSeat(true);
  if (live.online) settleIn();
  else live.start();
}

/** The line stood before anybody sat here: only the list was asked for even earlier, and is compared once it is shown. */
function settleIn(): void {
  viewing.begin();
  void person.fetch();
  drafts.refresh(() => api.drafts()).catch(() => undefined);
  void afterFirstScreen().then(() => conversations.lists.repairAll());
}

/** A session that ended by itself: its person may come back to what she left. */
export function isDeskTaken(): boolean {
  return seated !== null;
}

export function closeDesk(): void {
  keepSeat(false);
  live.stop();
  tabs.leave();
  typing.clear();
  viewers.clear();
}

/** Nothing of one person stays for the next. */
export function clearDesk(): void {
  seated = null;
  person.end();
  outbox.clear();
  keptWords.clear();
  keptAttached.clear();
  attachments.clear();
  drafts.clear();
  recentSearches.clear();
  typing.clear();
  viewers.clear();
  transfers.clear();
  news.rows.clear();
  dropWords();
  dropAllChips();
  conversations.forget();
  offers.partings.clear();
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
}

let hiddenAt: number | null = null;
const RELOADED = 'madoguchi.reloaded';

/** A new version has replaced the files this page was made of: load it anew, but never in circles. */
function renewPage(event: Event): void {
  // Without a line nothing is new, and a page that is loaded anew is the browser's own error page.
  if (!live.online || !navigator.onLine) return;
  if (
    Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < 60_000 ||
    outbox.all().length > 0 ||
    attachments.busy
  )
    return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  event.preventDefault();
  void drafts.flushAll();
  location.reload();
}

export function watchWindow(): void {
  window.addEventListener('online', () => live.wake());
  window.addEventListener('vite:preloadError', renewPage);
  window.addEventListener('pagehide', () => void drafts.flushAll());
  window.addEventListener('beforeunload', (event) => {
    if (outbox.all().length > 0 || attachments.busy) event.preventDefault();
  });
  // From the first press on a browser lets the page be heard.
  for (const press of ['pointerdown', 'keydown']) {
    window.addEventListener(press, () => seated !== null && tabs.show({ audible: true }), { passive: true });
  }
  document.addEventListener('visibilitychange', () => {
    if (seated !== null) tabs.show({ visible: !document.hidden });
    viewing.look(!document.hidden);
    if (document.hidden) {
      hiddenAt = Date.now();
      void drafts.flushAll();
      return;
    }
    live.wake();
    // A sleeping tab may have been fed by a line that looked alive.
    if (hiddenAt !== null && Date.now() - hiddenAt > ASLEEP_MS && live.online) catchUp();
    hiddenAt = null;
  });
}
