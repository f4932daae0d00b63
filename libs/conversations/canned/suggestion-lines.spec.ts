import { describe, expect, it } from 'vitest';
import { readSuggestions, writeSuggestions } from '#libs/contracts/index.js';

describe('選択肢 in lines', () => {
  it('are buttons to press, to open and to call; written again they are the same', () => {
    const written = 'はい\nサイトを見る https://example.jp/a?b=c\n電話する tel:+81-3-1234-5678';
    const { suggestions, fault } = readSuggestions(`\n ${written}\n\n`);
    expect(fault).toBeNull();
    expect(suggestions).toEqual([
      { kind: 'reply', label: 'はい', payload: 'はい' },
      { kind: 'url', label: 'サイトを見る', payload: 'サイトを見る', url: 'https://example.jp/a?b=c' },
      { kind: 'dial', label: '電話する', payload: '電話する', phone: '+81312345678' },
    ]);
    expect(readSuggestions(writeSuggestions(suggestions)).suggestions).toEqual(suggestions);
  });

  it.each([
    ['あ'.repeat(26), { rule: 'tooLong', line: 1, limit: 25, actual: 26 }],
    ['はい\nいいえ\nはい', { rule: 'twice', line: 3 }],
    ['電話 tel:110', { rule: 'isLink', line: 1 }],
    ['開く https://x', { rule: 'isLink', line: 1 }],
    [
      Array.from({ length: 12 }, (_, n) => `選択 ${n}`).join('\n'),
      { rule: 'tooMany', line: 12, limit: 11, actual: 12 },
    ],
  ])('%s is refused', (written, fault) => {
    expect(readSuggestions(written).fault).toMatchObject(fault);
  });
});
