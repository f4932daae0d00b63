import { avatar } from './avatar.js';
import { arrange, h, Kept } from './dom.js';
import { doors, explain } from './doors.js';
import { icon } from './icons.js';
import { choose, chooseAccount } from './selection.js';
import { openAddDialog } from './add-dialog.js';
import { changed, labelOf, store, summaryOf } from './store.js';
import { switchTheme, dark } from './theme.js';
import { toast } from './toast.js';
import { language, shortTime, switchLanguage, word } from './words.js';

const most = 60;
const kept = new Kept();
const rows = h('ul', { class: 'rows' });
const search = h('input', { type: 'search', class: 'search', autocomplete: 'off', oninput: () => changed() });
let opened = null;

export function drawList(parent) {
  search.placeholder = word('search');
  search.setAttribute('aria-label', word('search'));
  const found = matching();
  const more = found.length > most ? [h('li', { class: 'more' }, word('more', found.length - most))] : [];
  arrange(rows, [...found.slice(0, most).map(row), ...more]);
  arrange(parent, [
    kept.get('head', [language(), dark()], head),
    kept.get('account', [language(), store.botId, store.bots], account),
    kept.get('search', [language()], () => h('div', { class: 'search-box' }, icon('search'), search)),
    rows,
    kept.get('add', [language()], () =>
      h('button', { class: 'add', type: 'button', onclick: openAddDialog }, icon('plus'), word('add')),
    ),
  ]);
}

/** Whoever was heard of last comes first; the others stay in the order in which they were made. */
function matching() {
  const wanted = search.value.trim().toLowerCase();
  const digits = wanted.replace(/\D/g, '');
  const all = [...store.handsets.values()];
  if (!wanted) return all.length > most ? all.sort((a, b) => lastOf(b).localeCompare(lastOf(a))) : all;
  return all.filter(
    (handset) =>
      handset.name.toLowerCase().includes(wanted) ||
      (digits.length > 1 && (handset.display + handset.msisdn).replace(/\D/g, '').includes(digits)),
  );
}

const lastOf = (handset) => summaryOf(handset)?.last?.at ?? '';

function head() {
  const theme = h('button', {
    type: 'button',
    class: 'round',
    'aria-label': word('theme'),
    title: word('theme'),
    onclick: () => {
      switchTheme();
      changed();
    },
  });
  theme.append(icon(dark() ? 'sun' : 'moon'));
  const tongue = h('button', {
    type: 'button',
    class: 'tongue',
    onclick: () => {
      switchLanguage();
      changed();
    },
  });
  tongue.append(word('language'));
  return h(
    'header',
    { class: 'head' },
    h('img', { src: 'icon.svg', alt: '', width: 34, height: 34 }),
    h('div', { class: 'head-words' }, h('h1', {}, word('title')), h('p', {}, word('subtitle'))),
    tongue,
    theme,
  );
}

function account() {
  if (store.bots.length < 2) return h('div', { hidden: true });
  const options = store.bots.map(({ botId, name }) =>
    h('option', { value: botId, selected: botId === store.botId }, name),
  );
  const choice = h('select', { id: 'account', onchange: (event) => chooseAccount(event.target.value) }, options);
  return h('div', { class: 'account' }, h('label', { for: 'account' }, word('account')), choice);
}

function row(handset) {
  const { msisdn } = handset;
  const summary = summaryOf(handset);
  const state = [
    handset,
    summary,
    store.phones.includes(msisdn),
    opened === msisdn,
    language(),
    new Date().toDateString(),
  ];
  return kept.get(`row ${msisdn}`, state, () => makeRow(handset, summary));
}

function makeRow(handset, summary) {
  const { msisdn, carrier, display } = handset;
  const who = labelOf(handset);
  const unread = summary?.unread ?? 0;
  const open = h(
    'button',
    {
      type: 'button',
      class: 'row-open',
      'aria-pressed': String(store.phones.includes(msisdn)),
      onclick: () => choose(msisdn, false),
    },
    avatar(who, null),
    h(
      'span',
      { class: 'row-words' },
      h(
        'span',
        { class: 'row-top' },
        h('strong', {}, who),
        h('time', {}, summary?.last ? shortTime(summary.last.at) : ''),
      ),
      h('span', { class: 'row-number' }, h('span', { class: `carrier ${carrier}` }, carrier), handset.name && display),
      h(
        'span',
        { class: `row-last${unread > 0 ? ' unread' : ''}` },
        h('span', { class: 'row-preview' }, preview(summary)),
        unread > 0 &&
          h(
            'span',
            { class: 'dot', role: 'img', 'aria-label': word('unread', unread) },
            unread > 99 ? '99+' : String(unread),
          ),
      ),
    ),
  );
  const tool = (name, label, onclick, pressed) =>
    h(
      'button',
      { type: 'button', class: 'row-tool', 'aria-label': label, title: label, 'aria-expanded': pressed, onclick },
      icon(name),
    );
  const toggle = () => {
    opened = opened === msisdn ? null : msisdn;
    changed();
  };
  return h(
    'li',
    { class: 'row', 'data-row': msisdn, 'data-chosen': store.phones.includes(msisdn) },
    h(
      'div',
      { class: 'row-line' },
      open,
      h(
        'span',
        { class: 'row-tools' },
        tool('beside', word('beside', who), () => choose(msisdn, true)),
        tool('switches', word('settings', who), toggle, String(opened === msisdn)),
      ),
    ),
    flags(handset),
    opened === msisdn && switches(handset),
  );
}

function preview(summary) {
  const last = summary?.last;
  if (!last) return word('noMessages');
  const kind = last.sticker
    ? 'sticker'
    : { media: 'file', location: 'location', cards: 'cards', device: 'device' }[last.type];
  const text = last.preview && !last.sticker ? last.preview : word(kind ?? 'file');
  return (last.from === 'customer' ? word('you') : '') + text;
}

/** What is out of the ordinary on this line, even while its settings are closed. */
function flags(handset) {
  const odd = [
    !handset.plusMessage && 'noPlus',
    !handset.receipts && 'noReceipts',
    ...['offline', 'blocked', 'optedOut', 'anonymous'].map((name) => handset[name] && name),
  ].filter(Boolean);
  if (odd.length === 0) return null;
  return h(
    'div',
    { class: 'flags' },
    odd.map((name) => h('span', { class: `flag ${name}` }, word(name))),
  );
}

function switches(handset) {
  const names = ['plusMessage', 'receipts', 'offline', 'blocked', 'optedOut', 'anonymous'];
  return h(
    'div',
    { class: 'switches', role: 'group', 'aria-label': word('settings', labelOf(handset)) },
    names.map((name) => {
      const flip = () =>
        doors.change(handset.msisdn, { [name]: !handset[name] }).catch((error) => toast(explain(error), 'bad'));
      return h(
        'button',
        {
          type: 'button',
          class: 'switch',
          role: 'switch',
          'aria-checked': String(handset[name]),
          'data-switch': name,
          onclick: flip,
        },
        h('span', {}, word(name)),
        h('i', {}),
      );
    }),
  );
}
