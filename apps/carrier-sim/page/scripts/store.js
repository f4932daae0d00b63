import { doors } from './doors.js';

/** What the page knows. Everything on screen is drawn from here, and news of the simulator changes only this. */
export const store = {
  handsets: new Map(),
  bots: [],
  stickers: [],
  botId: null,
  /** The phones on screen, one to three. */
  phones: [],
  threads: new Map(),
  connected: true,
};

const watchers = new Set();
let drawing = false;

export const onChange = (watcher) => watchers.add(watcher);

/** Draws once per frame, however much has changed. A hidden page draws too, so that it is right when it is looked at. */
export function changed() {
  if (drawing) return;
  drawing = true;
  const draw = () => {
    drawing = false;
    for (const watcher of watchers) watcher();
  };
  if (document.visibilityState === 'visible') requestAnimationFrame(draw);
  else setTimeout(draw, 50);
}

export const bot = () => store.bots.find(({ botId }) => botId === store.botId) ?? null;
export const labelOf = (handset) => handset.name || handset.display;
export const summaryOf = (handset) => handset.threads.find(({ botId }) => botId === store.botId) ?? null;

export function threadOf(msisdn) {
  const key = `${msisdn} ${store.botId}`;
  let thread = store.threads.get(key);
  if (!thread) store.threads.set(key, (thread = { loaded: false, messages: new Map(), agentTyping: false }));
  return thread;
}

export const messagesOf = (msisdn) => [...threadOf(msisdn).messages.values()].sort((a, b) => a.place - b.place);

export async function loadAll() {
  const [handsets, bots, stickers] = await Promise.all([doors.handsets(), doors.bots(), doors.stickers()]);
  store.handsets = new Map(handsets.map((handset) => [handset.msisdn, handset]));
  store.bots = bots;
  store.stickers = stickers;
  if (!bot()) store.botId = bots[0]?.botId ?? null;
  await Promise.all(store.phones.map(loadThread));
  changed();
}

export async function loadThread(msisdn) {
  if (!store.botId || !store.handsets.has(msisdn)) return;
  const { botId } = store;
  const { messages, agentTyping } = await doors.thread(msisdn, botId);
  if (botId !== store.botId) return;
  const thread = threadOf(msisdn);
  thread.messages = new Map(messages.map((message) => [message.id, message]));
  thread.agentTyping = agentTyping;
  thread.loaded = true;
  changed();
  await markRead(msisdn);
}

const reading = new Set();

/** Whoever has the thread on screen reads it. */
export async function markRead(msisdn) {
  const handset = store.handsets.get(msisdn);
  if (document.visibilityState !== 'visible' || !store.phones.includes(msisdn) || !handset) return;
  if (document.body.dataset.view === 'list' && matchMedia('(max-width: 720px)').matches) return;
  if (!summaryOf(handset)?.unread || reading.has(msisdn)) return;
  reading.add(msisdn);
  try {
    await doors.read(msisdn, store.botId);
  } finally {
    reading.delete(msisdn);
  }
}

function receive(news, { msisdn, botId, data }) {
  if (news === 'handset') store.handsets.set(msisdn, data);
  if (news === 'bot') {
    const index = store.bots.findIndex((each) => each.botId === botId);
    if (index < 0) store.bots.push(data);
    else store.bots[index] = data;
    store.botId ??= botId;
  }
  if (news === 'typing' && botId === store.botId) threadOf(msisdn).agentTyping = data.active;
  if (news === 'message') receiveMessage(msisdn, botId, data);
  changed();
}

function receiveMessage(msisdn, botId, { message, summary }) {
  const handset = store.handsets.get(msisdn);
  if (!handset) return loadSoon();
  store.threads.get(`${msisdn} ${botId}`)?.messages.set(message.id, message);
  handset.threads = [...handset.threads.filter((each) => each.botId !== botId), summary];
  if (botId === store.botId) void markRead(msisdn).catch(() => undefined);
}

let loading = null;

/** A handset appeared; under load many do, and one look at all of them is enough. */
function loadSoon() {
  loading ??= setTimeout(() => {
    loading = null;
    loadAll().catch(() => undefined);
  }, 300);
}

export function listen() {
  const source = new EventSource('/events');
  source.addEventListener('open', () => {
    store.connected = true;
    loadAll().catch(() => undefined);
  });
  source.addEventListener('error', () => {
    store.connected = false;
    changed();
  });
  for (const news of ['handset', 'bot', 'message', 'typing']) {
    source.addEventListener(news, (event) => receive(news, JSON.parse(event.data)));
  }
  document.addEventListener('visibilitychange', () => store.phones.forEach((msisdn) => void markRead(msisdn)));
}
