import { changed, loadThread, store } from './store.js';

/** How many phones fit beside the list. */
export const room = () => Math.max(1, Math.min(3, Math.floor((innerWidth - 360) / 372)));

export function choose(msisdn, beside) {
  const others = store.phones.filter((each) => each !== msisdn);
  const kept = beside ? others.slice(-(Math.max(2, room()) - 1)) : others.slice(1);
  store.phones = beside || others.length === store.phones.length ? [...kept, msisdn] : store.phones;
  show('phone');
  remember();
  void loadThread(msisdn).catch(() => undefined);
}

export function closePhone(msisdn) {
  store.phones = store.phones.filter((each) => each !== msisdn);
  show('list');
  remember();
}

export function chooseAccount(botId) {
  store.botId = botId;
  remember();
  for (const msisdn of store.phones) void loadThread(msisdn).catch(() => undefined);
}

/** On a narrow screen either the list or one phone is there. */
export function show(view) {
  document.body.dataset.view = view;
  changed();
}

function remember() {
  const query = new URLSearchParams();
  if (store.phones.length > 0) query.set('phones', store.phones.join(','));
  if (store.botId) query.set('bot', store.botId);
  history.replaceState(null, '', query.size > 0 ? `?${query}` : location.pathname);
  changed();
}

/** Reads the address: `/?phones=+819000000001,+819000000002&bot=…`. */
export function recall() {
  const query = new URLSearchParams(location.search);
  // An unescaped + of a number arrives as a blank.
  const numbers = (query.get('phones') ?? '').split(',').map((text) => text.trim().replace(/^(?=\d)/, '+'));
  store.phones = numbers.filter((text) => /^\+\d+$/.test(text)).slice(0, 3);
  store.botId = query.get('bot');
  if (store.phones.length > 0) document.body.dataset.view = 'phone';
}
