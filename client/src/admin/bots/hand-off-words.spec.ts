import { describe, expect, it } from 'vitest';
import { wordsOf } from './hand-off-words.js';

describe('own words that lead to a person', () => {
  it('are written one a line or with commas, and stand there once', () => {
    expect(wordsOf(' 人に代わって\n相談員、スタッフ, staff\n\n相談員 ')).toEqual([
      '人に代わって',
      '相談員',
      'スタッフ',
      'staff',
    ]);
    expect(wordsOf(' \n')).toEqual([]);
  });
});
