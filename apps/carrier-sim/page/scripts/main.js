import { arrange, h } from './dom.js';
import { verifiedMark } from './icons.js';
import { drawList } from './list.js';
import { Phone } from './phone.js';
import { recall, room } from './selection.js';
import { changed, listen, loadThread, onChange, store } from './store.js';
import { startTheme } from './theme.js';
import { language, word } from './words.js';

const phones = new Map();
const stage = document.getElementById('phones');

let greeted = false;

/** A first visit begins with as many phones as fit on a wide screen, so that there is something to try at once. */
function greet() {
  if (greeted || store.handsets.size === 0) return;
  greeted = true;
  if (store.phones.length > 0 || innerWidth <= 720) return;
  store.phones = [...store.handsets.keys()].slice(0, Math.min(2, room()));
  for (const msisdn of store.phones) void loadThread(msisdn).catch(() => undefined);
}

function draw() {
  greet();
  document.documentElement.lang = language();
  document.title = `${word('title')} — Madoguchi`;
  drawList(document.getElementById('list'));
  const shown = store.phones.filter((msisdn) => store.handsets.has(msisdn));
  for (const [msisdn, phone] of phones) {
    if (shown.includes(msisdn)) continue;
    phone.leave();
    phones.delete(msisdn);
  }
  for (const msisdn of shown) if (!phones.has(msisdn)) phones.set(msisdn, new Phone(msisdn));
  const nodes = shown.map((msisdn) => phones.get(msisdn).draw());
  stage.dataset.count = String(nodes.length);
  arrange(stage, nodes.length > 0 ? nodes : [empty()]);
  lost();
}

function empty() {
  const [title, hint] = store.bots.length > 0 ? ['emptyTitle', 'emptyHint'] : ['noAccount', 'noAccountHint'];
  return h(
    'div',
    { class: 'empty' },
    h('div', { class: 'empty-mark' }, verifiedMark()),
    h('h2', {}, word(title)),
    h('p', {}, word(hint)),
  );
}

let lostNote = null;

function lost() {
  if (store.connected) {
    lostNote?.remove();
    lostNote = null;
  } else if (!lostNote)
    document.getElementById('toasts').append((lostNote = h('div', { class: 'toast lost' }, word('lost'))));
}

document.head.append(h('link', { rel: 'stylesheet', href: '/fonts/index.css' }));
startTheme();
recall();
onChange(draw);
addEventListener('resize', changed);
listen();
