import { avatar } from './avatar.js';
import { arrange, h, Kept } from './dom.js';
import { doors } from './doors.js';
import { icon, verifiedMark } from './icons.js';
import { messageNode } from './message.js';
import { messagesOf, store, threadOf } from './store.js';
import { dayKey, dayName, language, word } from './words.js';

/** The messages of one phone, which stays at the newest one unless somebody looks back. */
export class ThreadLog {
  #kept = new Kept();
  #following = true;
  #lastTop = 0;
  // Pictures and letters take their place late, and sheets take some away: whoever is at the end stays there.
  #sizes = new ResizeObserver(() => this.#following && this.toEnd());

  constructor(phone) {
    this.phone = phone;
    this.lines = h('div', { class: 'lines' });
    this.log = h('div', { class: 'log', role: 'log', tabindex: '0', onscroll: () => this.#scrolled() }, this.lines);
    this.newest = h('button', { type: 'button', class: 'newest', onclick: () => this.toEnd('smooth') }, icon('down'));
    this.node = h('div', { class: 'log-box' }, this.log, this.newest);
    this.#sizes.observe(this.lines);
    this.#sizes.observe(this.log);
  }

  draw(account) {
    const thread = threadOf(this.phone.msisdn);
    const messages = messagesOf(this.phone.msisdn);
    const nodes = this.#messages(messages);
    if (account && thread.loaded && messages.length === 0) {
      nodes.push(this.#kept.get('welcome', [account, language()], () => this.#welcome(account)));
    }
    if (thread.agentTyping) nodes.push(this.#kept.get('typing', [language()], typingNode));
    arrange(this.lines, nodes);
    this.log.setAttribute('aria-label', word('thread', account?.name ?? ''));
    this.newest.setAttribute('aria-label', word('newest'));
    this.newest.hidden = this.#following;
    if (this.#following) this.toEnd();
  }

  toEnd(behavior = 'instant') {
    this.#following = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
  }

  leave() {
    this.#sizes.disconnect();
  }

  #messages(messages) {
    const nodes = [];
    const days = new Set();
    const today = new Date().toDateString();
    let before = null;
    for (const message of messages) {
      const day = dayKey(message.at);
      if (!days.has(day)) {
        days.add(day);
        before = null;
        nodes.push(this.#kept.get(`day ${day}`, [language(), today], () => dayNode(message.at)));
      }
      const node = this.#kept.get(message.id, [message, language()], () =>
        messageNode(message, (suggestion) => this.phone.press(suggestion)),
      );
      node.classList.toggle('follows', before === message.from);
      before = message.from;
      nodes.push(node);
    }
    return nodes;
  }

  #welcome(account) {
    const { msisdn } = this.phone;
    const begin = () =>
      this.phone.attempt(doors.press(msisdn, store.botId, { kind: 'start', displayText: word('start') }));
    return h(
      'div',
      { class: 'welcome' },
      avatar(account.name, account.logoUrl, 'large'),
      h('h2', {}, account.name, account.verified && verifiedMark()),
      h('p', {}, account.description || word('startHint')),
      h('button', { type: 'button', class: 'strong', onclick: begin }, word('start')),
    );
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    // Only a move upwards is somebody who looks back; a thread that grows under a resting one is not.
    if (scrollHeight - scrollTop - clientHeight < 48) this.#following = true;
    else if (scrollTop < this.#lastTop - 1) this.#following = false;
    this.#lastTop = scrollTop;
    this.newest.hidden = this.#following;
  }
}

const dayNode = (at) => h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(at)));

const typingNode = () =>
  h(
    'div',
    { class: 'message theirs typing' },
    h('div', { class: 'bubble', role: 'img', 'aria-label': word('typing') }, h('i'), h('i'), h('i')),
  );
