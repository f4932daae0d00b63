import { h } from './dom.js';
import { doors, explain } from './doors.js';
import { choose } from './selection.js';
import { store } from './store.js';
import { word } from './words.js';

/** `090-1234-5678`, `09012345678` and `+81…` alike; full-width digits too. */
const toE164 = (text) => {
  const plain = text.normalize('NFKC').replace(/[\s()ー‐－-]/g, '');
  return plain.replace(/^0(?=\d{9,10}$)/, '+81');
};

export function openAddDialog() {
  const error = h('p', { class: 'error', role: 'alert' });
  const field = (id, label, input, hint) =>
    h('div', { class: 'field' }, h('label', { for: id }, label), input, hint && h('small', {}, hint));
  const number = h('input', {
    id: 'new-number',
    inputmode: 'tel',
    autocomplete: 'off',
    required: true,
    placeholder: '090-1234-5678',
  });
  const name = h('input', { id: 'new-name', autocomplete: 'off', maxlength: 60 });
  const carrier = h(
    'select',
    { id: 'new-carrier' },
    ['docomo', 'au', 'softbank', 'rakuten'].map((each) => h('option', {}, each)),
  );
  const submit = async (event) => {
    event.preventDefault();
    const msisdn = toE164(number.value);
    if (!/^\+[1-9]\d{6,14}$/.test(msisdn)) {
      error.textContent = word('badNumber');
      return number.focus();
    }
    try {
      const handset = await doors.change(msisdn, {
        name: name.value.trim(),
        carrier: carrier.value,
        plusMessage: carrier.value !== 'rakuten',
      });
      store.handsets.set(msisdn, handset);
      dialog.close();
      choose(msisdn, false);
    } catch (refused) {
      error.textContent = explain(refused);
      number.focus();
    }
  };
  const dialog = h(
    'dialog',
    { class: 'add-dialog', 'aria-labelledby': 'add-title', onclose: () => dialog.remove() },
    h(
      'form',
      { method: 'dialog', onsubmit: submit },
      h('h2', { id: 'add-title' }, word('addTitle')),
      field('new-number', word('number'), number, word('numberHint')),
      field('new-name', word('name'), name),
      field('new-carrier', word('carrier'), carrier),
      error,
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, word('cancel')),
        h('button', { type: 'submit', class: 'strong' }, word('create')),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  number.focus();
}
