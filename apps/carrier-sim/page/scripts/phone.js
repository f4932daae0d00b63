import { avatar } from './avatar.js';
import { arrange, h, Kept } from './dom.js';
import { doors, explain } from './doors.js';
import { icon, verifiedMark } from './icons.js';
import { closePhone, show } from './selection.js';
import { messageNode, suggestionButton } from './message.js';
import { Sheet } from './sheet.js';
import { bot, labelOf, messagesOf, store, threadOf } from './store.js';
import { press } from './suggestion.js';
import { toast } from './toast.js';
import { Typing } from './typing.js';
import { clock, dayKey, dayName, language, word } from './words.js';

const textLimit = 2730;

/** One handset on screen. */
export class Phone {
  #kept = new Kept();
  #following = true;
  #lastTop = 0;
  #sizes = new ResizeObserver(() => this.#following && this.#toEnd(false));
  #typing;
  #clockTimer = setInterval(() => this.#drawStatus(), 10_000);

  constructor(msisdn) {
    this.msisdn = msisdn;
    this.#typing = new Typing((active) => doors.typing(msisdn, store.botId, active).catch(() => undefined));
    this.status = h('div', { class: 'status', 'aria-hidden': 'true' });
    this.head = h('header', { class: 'phone-head' });
    this.lines = h('div', { class: 'lines' });
    this.log = h('div', { class: 'log', role: 'log', tabindex: '0', onscroll: () => this.#scrolled() }, this.lines);
    // Pictures and letters take their place late, and sheets take some away: whoever is at the end stays there.
    this.#sizes.observe(this.lines);
    this.#sizes.observe(this.log);
    this.newest = h(
      'button',
      { type: 'button', class: 'newest', hidden: true, onclick: () => this.#toEnd(true) },
      icon('down'),
    );
    this.chips = h('div', { class: 'chips', role: 'group' });
    this.note = h('div', { class: 'note', role: 'status' });
    this.input = h('textarea', {
      rows: 1,
      id: `input-${msisdn}`,
      'data-testid': 'handset-input',
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    const tool = (name, what) =>
      h('button', { type: 'button', class: `tool ${what}`, onclick: () => this.sheet.toggle(what) }, icon(name));
    this.buttons = { menu: tool('menu', 'menu'), attach: tool('plus', 'attach'), stickers: tool('smile', 'stickers') };
    this.sendButton = h(
      'button',
      { type: 'button', class: 'tool send', 'data-testid': 'handset-send', onclick: () => this.#send() },
      icon('send'),
    );
    this.sheet = new Sheet(this);
    this.composer = h(
      'footer',
      { class: 'composer' },
      this.buttons.menu,
      this.buttons.attach,
      h('div', { class: 'input-box' }, this.input, this.buttons.stickers),
      this.sendButton,
    );
    const screen = h(
      'div',
      { class: 'screen' },
      this.status,
      this.head,
      h('div', { class: 'log-box' }, this.log, this.newest),
      this.chips,
      this.note,
      this.composer,
      this.sheet.node,
      h('div', { class: 'home', 'aria-hidden': 'true' }),
    );
    this.closeButton = h(
      'button',
      { type: 'button', class: 'close-phone', onclick: () => closePhone(msisdn) },
      icon('close'),
    );
    this.caption = h('div', { class: 'caption' });
    this.node = h(
      'section',
      { class: 'phone', 'data-handset': msisdn },
      this.caption,
      h('div', { class: 'case' }, h('div', { class: 'camera', 'aria-hidden': 'true' }), screen),
      this.closeButton,
    );
  }

  draw() {
    const handset = store.handsets.get(this.msisdn);
    const account = bot();
    const who = labelOf(handset);
    this.node.setAttribute('aria-label', word('phoneOf', who));
    this.closeButton.setAttribute('aria-label', word('closePhone', who));
    this.closeButton.title = word('closePhone', who);
    arrange(this.caption, [
      this.#kept.get('caption', [who, handset.display, handset.carrier], () =>
        h('span', {}, h('b', {}, who), ` ${handset.name ? handset.display : ''}`),
      ),
    ]);
    this.#drawStatus();
    arrange(this.head, [this.#kept.get('head', [account, language()], () => this.#makeHead(account))]);
    this.log.setAttribute('aria-label', word('thread', account?.name ?? ''));
    this.#drawLog(account);
    this.#drawNote(handset, account);
    this.#drawComposer(handset, account);
    return this.node;
  }

  leave() {
    clearInterval(this.#clockTimer);
    this.#sizes.disconnect();
    this.#typing.stop();
    this.node.remove();
  }

  write(content) {
    this.#following = true;
    return this.attempt(doors.write(this.msisdn, store.botId, content));
  }

  press(suggestion) {
    this.#following = true;
    return this.attempt(press(this.msisdn, store.botId, suggestion, this.sheet));
  }

  async attempt(work) {
    try {
      await work;
      return true;
    } catch (error) {
      toast(explain(error), 'bad');
      return false;
    }
  }

  #makeHead(account) {
    if (!account) return h('div', { class: 'head-row' }, h('span', { class: 'head-name' }, word('noAccount')));
    return h(
      'div',
      { class: 'head-row' },
      h(
        'button',
        { type: 'button', class: 'round back', 'aria-label': word('cancel'), onclick: () => show('list') },
        icon('back'),
      ),
      avatar(account.name, account.logoUrl),
      h(
        'div',
        { class: 'head-name' },
        h('strong', {}, account.name),
        h(
          'small',
          {},
          account.verified && h('span', { class: 'mark' }, verifiedMark(), word('verified')),
          account.verified ? null : word('account'),
        ),
      ),
    );
  }

  #drawStatus() {
    const handset = store.handsets.get(this.msisdn);
    if (!handset) return;
    const now = clock(new Date().toISOString());
    const node = this.#kept.get('status', [now, handset.offline, handset.carrier, language()], () => {
      const bars = h(
        'span',
        { class: 'bars' },
        [1, 2, 3, 4].map(() => h('i')),
      );
      const right = handset.offline
        ? h('span', { class: 'no-signal' }, word('noSignal'))
        : h('span', { class: 'signal' }, h('small', {}, handset.carrier), bars);
      return h(
        'div',
        { class: 'status-row' },
        h('span', {}, now),
        h('span', { class: 'status-right' }, right, h('span', { class: 'battery' }, h('i'))),
      );
    });
    arrange(this.status, [node]);
  }

  #drawLog(account) {
    const messages = messagesOf(this.msisdn);
    const nodes = [];
    if (account && threadOf(this.msisdn).loaded && messages.length === 0) {
      nodes.push(this.#kept.get('welcome', [account, language()], () => this.#welcome(account)));
    }
    let day = null;
    let before = null;
    const today = new Date().toDateString();
    for (const message of messages) {
      if (dayKey(message.at) !== day) {
        day = dayKey(message.at);
        before = null;
        nodes.push(
          this.#kept.get(`day ${day}`, [language(), today], () =>
            h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(message.at))),
          ),
        );
      }
      const node = this.#kept.get(message.id, [message, language()], () =>
        messageNode(message, (suggestion) => this.press(suggestion)),
      );
      node.classList.toggle('follows', before === message.from);
      before = message.from;
      nodes.push(node);
    }
    if (threadOf(this.msisdn).agentTyping) {
      nodes.push(
        this.#kept.get('typing', [language()], () =>
          h(
            'div',
            { class: 'message theirs typing' },
            h('div', { class: 'bubble', role: 'img', 'aria-label': word('typing') }, h('i'), h('i'), h('i')),
          ),
        ),
      );
    }
    arrange(this.lines, nodes);
    if (this.#following) this.#toEnd(false);
    this.newest.hidden = this.#following;
    this.newest.setAttribute('aria-label', word('newest'));
    this.#drawChips(messages);
  }

  #welcome(account) {
    const start = () =>
      this.attempt(doors.press(this.msisdn, store.botId, { kind: 'start', displayText: word('start') }));
    return h(
      'div',
      { class: 'welcome' },
      avatar(account.name, account.logoUrl, 'large'),
      h('h2', {}, account.name, account.verified && verifiedMark()),
      h('p', {}, account.description || word('startHint')),
      h('button', { type: 'button', class: 'strong', onclick: start }, word('start')),
    );
  }

  /** The chips of the last message, until the customer has answered in any way. */
  #drawChips(messages) {
    const last = messages.at(-1);
    const suggestions = last?.from === 'bot' ? last.suggestions : [];
    const node = this.#kept.get('chips', [last?.id, suggestions], () =>
      h(
        'div',
        { class: 'chip-row' },
        suggestions.map((each) => suggestionButton(each, (one) => this.press(one), 'chip')),
      ),
    );
    this.chips.hidden = suggestions.length === 0;
    this.chips.setAttribute('aria-label', word('suggestions'));
    arrange(this.chips, suggestions.length > 0 ? [node] : []);
  }

  #drawNote(handset, account) {
    const change = (label, change) =>
      h('button', { type: 'button', onclick: () => this.attempt(doors.change(this.msisdn, change)) }, word(label));
    const node = this.#kept.get(
      'note',
      [handset.plusMessage, handset.blocked, handset.optedOut, handset.offline, Boolean(account), language()],
      () => {
        if (!handset.plusMessage) return h('span', {}, icon('block'), word('noPlusNote'));
        if (handset.blocked)
          return h('span', {}, icon('block'), word('blockedNote'), change('unblock', { blocked: false }));
        if (handset.optedOut)
          return h('span', {}, icon('block'), word('optedOutNote'), change('resume', { optedOut: false }));
        if (handset.offline) return h('span', {}, icon('nosignal'), word('offlineNote'));
        return h('span', { class: 'none' });
      },
    );
    arrange(this.note, node.className === 'none' ? [] : [node]);
  }

  #drawComposer(handset, account) {
    const closed = !account || !handset.plusMessage || handset.blocked;
    this.composer.inert = closed;
    this.composer.classList.toggle('closed', closed);
    this.input.disabled = closed;
    this.input.placeholder = word('input');
    this.input.setAttribute('aria-label', word('input'));
    this.sendButton.setAttribute('aria-label', word('send'));
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute('aria-label', word(name));
    this.buttons.menu.hidden = !account?.menu;
    this.sendButton.disabled = this.input.value.trim() === '';
    if (closed && this.sheet.what) this.sheet.close();
  }

  #typed() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 116)}px`;
    this.sendButton.disabled = this.input.value.trim() === '';
    if (this.input.value.trim() === '') this.#typing.stop();
    else this.#typing.touch();
  }

  #key(event) {
    // While an input method composes, Enter chooses the word; Safari ends composing before the key and marks it 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void this.#send();
  }

  async #send() {
    const text = this.input.value.trim();
    if (text === '') return;
    if (text.length > textLimit) return toast(word('tooLong', text.length), 'bad');
    this.input.value = '';
    this.#typed();
    this.sheet.close();
    const sent = await this.write({ text });
    if (!sent && this.input.value === '') {
      this.input.value = text;
      this.#typed();
    }
    this.input.focus();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    // Only a move upwards is somebody who looks back; a thread that grows under a resting one is not.
    if (scrollHeight - scrollTop - clientHeight < 48) this.#following = true;
    else if (scrollTop < this.#lastTop - 1) this.#following = false;
    this.#lastTop = scrollTop;
    this.newest.hidden = this.#following;
  }

  #toEnd(smooth) {
    this.#following = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }
}
