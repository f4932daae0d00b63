import { describe, expect, it } from 'vitest';
import { fillIn, placeholdersIn, type Placeholder } from './placeholders.js';

const known = (placeholder: Placeholder): string | null => {
  if (placeholder.kind === 'attribute') return { 会員番号: 'A-17' }[placeholder.name] ?? null;
  return { customer: '山田 花子', agent: '高橋 葵', queue: '', account: '窓口トラベル', date: '2026年11月22日' }[
    placeholder.kind
  ];
};

describe('placeholders', () => {
  it('are filled in either language, in braces of either width', () => {
    expect(fillIn('{お客様名} 様、｛担当者名｝です。{date}', known)).toBe('山田 花子 様、高橋 葵です。2026年11月22日');
    expect(fillIn('{ Customer }・{属性：会員番号}・{attribute: 会員番号 }', known)).toBe('山田 花子・A-17・A-17');
  });

  it('stay as they were written where nothing is known', () => {
    expect(fillIn('{窓口}の{属性:席}', known)).toBe('{窓口}の{属性:席}');
  });

  it('are no other words in braces, and no braces alone', () => {
    for (const text of ['{その他}', '{}', '{お客様名', '{属性}', '{日付:明日}', '{constructor}', '{お客様\n名}'])
      expect([text, placeholdersIn(text)]).toEqual([text, []]);
  });

  it('say where they stand', () => {
    expect(placeholdersIn('😀{窓口}と{日付}').map(({ from, to, written }) => [from, to, written])).toEqual([
      [2, 6, '{窓口}'],
      [7, 11, '{日付}'],
    ]);
  });

  it('never fill what a value brought along', () => {
    expect(fillIn('{お客様名}{日付}', ({ kind }) => (kind === 'customer' ? '{担当者名}' : '今日'))).toBe(
      '{担当者名}今日',
    );
  });
});
