import { expect, it } from 'vitest';
import type { CustomerField } from '#libs/contracts/index.js';
import { attributeOf } from './attributes.js';

const field = (id: string, label: string, key: string, kind: CustomerField['kind'] = 'text'): CustomerField => ({
  id,
  accountId: '1',
  key,
  label,
  kind,
  choices: [],
  position: 0,
  active: true,
});

it('an attribute is known by its label, in any width, or by its key; a day is written as a day', () => {
  const fields = [
    field('1', '会員番号', 'member_no'),
    field('2', 'ご契約日', 'since', 'date'),
    field('3', '席', 'seat'),
  ];
  const values = { '1': 'A-17', '2': '2026-11-22' };
  const of = (name: string) => attributeOf(name, fields, values, 'ja');
  expect([of('会員番号'), of('MEMBER_NO'), of('ご契約日')]).toEqual(['A-17', 'A-17', '2026年11月22日(日)']);
  expect([of('席'), of('なし')]).toEqual([null, null]);
});
