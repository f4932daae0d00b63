import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { arrange, h, Kept } from './dom.js';
import { doors, explain } from './doors.js';
import { icon, verifiedMark } from './icons.js';
import { suggestionButton } from './message.js';
import { closePhone, show } from './selection.js';
import { Sheet } from './sheet.js';
import { bot, labelOf, messagesOf, store } from './store.js';
import { press } from './suggestion.js';
import { ThreadLog } from './thread-log.js';
import { toast } from './toast.js';
import { clock, language, word } from './words.js';

/** One handset on screen. */
export class Phone {
  #kept = new Kept();
  #clock = setInterval(() => this.#drawStatus(), 10_000);

  constructor(msisdn) {
    this.msisdn = msisdn;
    this.log = new ThreadLog(this);
    this.composer = new Composer(this);
    this.sheet = new Sheet(this);
    this.status = h('div', { class: 'status', 'aria-hidden': 'true' });
    this.head = h('header', { class: 'phone-head' });
    this.chips = h('div', { class: 'chips', role: 'group' });
    this.note = h('div', { class: 'note', role: 'status' });
    this.caption = h('div', { class: 'caption' });
    this.closer = h(
      'button',
      { type: 'button', class: 'close-phone', onclick: () => closePhone(msisdn) },
      icon('close'),
    );
    const parts = [this.status, this.head, this.log.node, this.chips, this.note, this.composer.node, this.sheet.node];
    const screen = h('div', { class: 'screen' }, parts, h('div', { class: 'home', 'aria-hidden': 'true' }));
    this.node = h(
      'section',
      { class: 'phone', 'data-handset': msisdn },
      this.caption,
      h('div', { class: 'case' }, h('div', { class: 'camera', 'aria-hidden': 'true' }), screen),
      this.closer,
    );
  }

  draw() {
    const handset = store.handsets.get(this.msisdn);
    const account = bot();
    const who = labelOf(handset);
    this.node.setAttribute('aria-label', word('phoneOf', who));
    this.closer.setAttribute('aria-label', word('closePhone', who));
    const number = handset.name ? ` ${handset.display}` : '';
    arrange(this.caption, [this.#kept.get('caption', [who, number], () => h('span', {}, h('b', {}, who), number))]);
    this.#drawStatus();
    arrange(this.head, [this.#kept.get('head', [account, language()], () => headRow(account))]);
    this.log.draw(account);
    this.#drawChips();
    arrange(this.note, this.#note(handset));
    this.composer.draw(handset, account);
    return this.node;
  }

  leave() {
    clearInterval(this.#clock);
    this.log.leave();
    this.composer.leave();
    this.node.remove();
  }

  write(content) {
    this.log.toEnd();
    return this.attempt(doors.write(this.msisdn, store.botId, content));
  }

  press(suggestion) {
    this.log.toEnd();
    return this.attempt(press(this.msisdn, store.botId, suggestion, this.sheet));
  }

  /** True when it worked; otherwise the reason is told. */
  async attempt(work) {
    try {
      await work;
      return true;
    } catch (error) {
      toast(explain(error), 'bad');
      return false;
    }
  }

  #drawStatus() {
    const handset = store.handsets.get(this.msisdn);
    if (!handset) return;
    const now = clock(new Date().toISOString());
    const shows = [now, handset.offline, handset.carrier, language()];
    arrange(this.status, [this.#kept.get('status', shows, () => statusRow(handset, now))]);
  }

  /** The chips of the last message, until the customer has answered in any way. */
  #drawChips() {
    const last = messagesOf(this.msisdn).at(-1);
    const suggestions = last?.from === 'bot' ? last.suggestions : [];
    this.chips.hidden = suggestions.length === 0;
    this.chips.setAttribute('aria-label', word('suggestions'));
    const make = () => {
      const chip = (suggestion) => suggestionButton(suggestion, (pressed) => this.press(pressed), 'chip');
      return h('div', { class: 'chip-row' }, suggestions.map(chip));
    };
    arrange(this.chips, suggestions.length > 0 ? [this.#kept.get('chips', [last.id], make)] : []);
  }

  /** What keeps this phone from talking, and how to end it. */
  #note({ plusMessage, blocked, optedOut, offline }) {
    const ending = (label, change) =>
      h('button', { type: 'button', onclick: () => this.attempt(doors.change(this.msisdn, change)) }, word(label));
    const notes = [
      [!plusMessage, 'noPlusNote', 'block'],
      [blocked, 'blockedNote', 'block', () => ending('unblock', { blocked: false })],
      [optedOut, 'optedOutNote', 'block', () => ending('resume', { optedOut: false })],
      [offline, 'offlineNote', 'nosignal'],
    ];
    const [, text, mark, end] = notes.find(([holds]) => holds) ?? [];
    if (!text) return [];
    return [this.#kept.get('note', [text, language()], () => h('span', {}, icon(mark), word(text), end?.()))];
  }
}

function headRow(account) {
  const back = h('button', { type: 'button', class: 'round back', onclick: () => show('list') }, icon('back'));
  back.setAttribute('aria-label', word('back'));
  if (!account) return h('div', { class: 'head-row' }, back, h('span', { class: 'head-name' }, word('noAccount')));
  const mark = account.verified ? h('span', { class: 'mark' }, verifiedMark(), word('verified')) : word('account');
  return h(
    'div',
    { class: 'head-row' },
    back,
    avatar(account.name, account.logoUrl),
    h('div', { class: 'head-name' }, h('strong', {}, account.name), h('small', {}, mark)),
  );
}

function statusRow(handset, now) {
  const bars = [1, 2, 3, 4].map(() => h('i'));
  const signal = handset.offline
    ? h('span', { class: 'no-signal' }, word('noSignal'))
    : h('span', { class: 'signal' }, h('small', {}, handset.carrier), h('span', { class: 'bars' }, bars));
  const battery = h('span', { class: 'battery' }, h('i'));
  return h('div', { class: 'status-row' }, h('span', {}, now), h('span', { class: 'status-right' }, signal, battery));
}
