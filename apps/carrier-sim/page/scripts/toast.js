import { h } from './dom.js';

export function toast(text, kind = '') {
  const note = h('div', { class: `toast ${kind}` }, text);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.classList.add('leaving'), 3_600);
  setTimeout(() => note.remove(), 4_000);
}
