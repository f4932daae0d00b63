import { h } from './dom.js';
import { doors } from './doors.js';
import { icon } from './icons.js';
import { bot, store } from './store.js';
import { readMenuEntry } from './suggestion.js';
import { language, word } from './words.js';

const places = [
  { latitude: 35.681236, longitude: 139.767125, ja: '東京駅', en: 'Tokyo Station' },
  { latitude: 34.702485, longitude: 135.495951, ja: '大阪駅', en: 'Osaka Station' },
  { latitude: 35.170694, longitude: 136.881637, ja: '名古屋駅', en: 'Nagoya Station' },
  { latitude: 43.068661, longitude: 141.350755, ja: '札幌駅', en: 'Sapporo Station' },
];

/** What slides up from below the thread: the fixed menu, stickers, what can be attached, places. */
export class Sheet {
  node = h('div', { class: 'sheet', hidden: true });
  what = null;
  #path = [];

  constructor(phone) {
    this.phone = phone;
  }

  toggle(what) {
    if (this.what === what) this.close();
    else this.open(what);
  }

  open(what) {
    this.what = what;
    this.#path = [];
    this.draw();
    this.node.querySelector('button')?.focus({ preventScroll: true });
  }

  close() {
    if (this.what === null) return;
    this.what = null;
    this.draw();
  }

  draw() {
    this.node.hidden = this.what === null;
    this.phone.node.dataset.sheet = this.what ?? '';
    const parts = {
      menu: () => this.#menu(),
      stickers: () => this.#stickers(),
      attach: () => this.#attach(),
      places: () => this.#places(),
    };
    this.node.replaceChildren(...(this.what ? parts[this.what]() : []));
    for (const [name, button] of Object.entries(this.phone.composer.tools))
      button.setAttribute('aria-expanded', String(this.what === name));
  }

  #title(text, back) {
    return h(
      'div',
      { class: 'sheet-title' },
      back && h('button', { type: 'button', class: 'round', 'aria-label': word('back'), onclick: back }, icon('back')),
      h('strong', {}, text),
      h(
        'button',
        { type: 'button', class: 'round', 'aria-label': word('cancel'), onclick: () => this.close() },
        icon('down'),
      ),
    );
  }

  #menu() {
    let level = bot()?.menu?.menu ?? bot()?.menu ?? { entries: [] };
    let title = word('menu');
    for (const index of this.#path) {
      level = level.entries[index].menu;
      title = level.displayText;
    }
    const enter = (index) => {
      this.#path.push(index);
      this.draw();
    };
    const leave = () => {
      this.#path.pop();
      this.draw();
    };
    const entries = (level.entries ?? []).map((entry, index) => {
      if (entry.menu) {
        return h(
          'button',
          { type: 'button', class: 'menu-entry', onclick: () => enter(index) },
          entry.menu.displayText,
          icon('next'),
        );
      }
      const suggestion = readMenuEntry(entry);
      if (!suggestion) return null;
      const marks = { url: 'link', dial: 'phone', map: 'place', location: 'place' };
      return h(
        'button',
        { type: 'button', class: 'menu-entry', onclick: () => this.#then(() => this.phone.press(suggestion)) },
        suggestion.label,
        marks[suggestion.kind] && icon(marks[suggestion.kind]),
      );
    });
    return [this.#title(title, this.#path.length > 0 && leave), h('div', { class: 'menu-entries' }, entries)];
  }

  #stickers() {
    const one = (name) =>
      h(
        'button',
        {
          type: 'button',
          'aria-label': `${word('sticker')}: ${name}`,
          onclick: () => this.#then(() => this.phone.write({ sticker: name })),
        },
        h('img', { src: `stickers/${name}.png`, alt: '' }),
      );
    return [this.#title(word('stickers')), h('div', { class: 'sticker-grid' }, store.stickers.map(one))];
  }

  #attach() {
    const input = h('input', {
      type: 'file',
      hidden: true,
      onchange: () =>
        input.files[0] &&
        this.#then(() => this.phone.attempt(doors.sendFile(this.phone.msisdn, store.botId, input.files[0]))),
    });
    const entry = (name, mark, onclick) =>
      h('button', { type: 'button', class: 'attach-entry', onclick }, h('span', {}, icon(mark)), word(name));
    return [
      this.#title(word('attach')),
      h(
        'div',
        { class: 'attach-entries' },
        entry('choosePicture', 'picture', () => input.click()),
        entry('choosePlace', 'place', () => this.open('places')),
        input,
      ),
    ];
  }

  #places() {
    const one = ({ latitude, longitude, ...names }) => {
      const label = names[language()];
      const send = () => this.#then(() => this.phone.write({ location: { latitude, longitude, label } }));
      return h('button', { type: 'button', class: 'menu-entry', onclick: send }, label, icon('place'));
    };
    return [this.#title(word('places')), h('div', { class: 'menu-entries' }, places.map(one))];
  }

  #then(act) {
    this.close();
    return act();
  }
}
