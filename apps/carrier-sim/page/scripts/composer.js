import { h } from './dom.js';
import { doors } from './doors.js';
import { icon } from './icons.js';
import { store } from './store.js';
import { toast } from './toast.js';
import { Typing } from './typing.js';
import { word } from './words.js';

const textLimit = 2730;

/** Where the customer writes, and the buttons that open what slides up below. */
export class Composer {
  #typing;

  constructor(phone) {
    this.phone = phone;
    const { msisdn } = phone;
    this.#typing = new Typing((active) => doors.typing(msisdn, store.botId, active).catch(() => undefined));
    this.input = h('textarea', {
      rows: 1,
      'data-testid': 'handset-input',
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    const tool = (mark, what) =>
      h('button', { type: 'button', class: `tool ${what}`, onclick: () => phone.sheet.toggle(what) }, icon(mark));
    this.tools = { menu: tool('menu', 'menu'), attach: tool('plus', 'attach'), stickers: tool('smile', 'stickers') };
    this.sendButton = h(
      'button',
      { type: 'button', class: 'tool send', 'data-testid': 'handset-send', onclick: () => this.#send() },
      icon('send'),
    );
    this.node = h(
      'footer',
      { class: 'composer' },
      this.tools.menu,
      this.tools.attach,
      h('div', { class: 'input-box' }, this.input, this.tools.stickers),
      this.sendButton,
    );
  }

  draw(handset, account) {
    const closed = !account || !handset.plusMessage || handset.blocked;
    this.node.inert = closed;
    this.node.classList.toggle('closed', closed);
    this.input.disabled = closed;
    this.input.placeholder = word('input');
    this.input.setAttribute('aria-label', word('input'));
    this.sendButton.setAttribute('aria-label', word('send'));
    for (const [what, button] of Object.entries(this.tools)) button.setAttribute('aria-label', word(what));
    this.tools.menu.hidden = !account?.menu;
    this.#measure();
    if (closed) this.phone.sheet.close();
  }

  leave() {
    this.#typing.stop();
  }

  #measure() {
    this.sendButton.disabled = this.input.value.trim() === '';
    // Outside of the page nothing has a height, and a first drawing happens there.
    if (!this.input.isConnected) return;
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 116)}px`;
  }

  #typed() {
    this.#measure();
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
    if (text.length > textLimit) {
      toast(word('tooLong', text.length), 'bad');
      return;
    }
    this.input.value = '';
    this.#typed();
    this.phone.sheet.close();
    const sent = await this.phone.write({ text });
    // What could not be sent comes back, unless the next one is being written already.
    if (!sent && this.input.value === '') this.input.value = text;
    this.#measure();
    this.input.focus();
  }
}
