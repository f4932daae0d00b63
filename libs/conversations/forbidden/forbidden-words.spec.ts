import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithPlaces, forbiddenIn, forbiddenKey } from '#libs/contracts/index.js';

const words = (...list: string[]) => list.map((word) => ({ word }));
const found = (text: string, ...list: string[]) =>
  forbiddenIn(text, words(...list)).map(({ start, end }) => text.slice(start, end));

describe('folding', () => {
  it('makes one of width, case and kana', () => {
    for (const written of ['データ', 'ﾃﾞｰﾀ', 'でーた', 'ﾃ゛ーた']) expect(fold(written)).toBe('でーた');
    expect(fold('ＡＢＣ①㌔')).toBe('abc1きろ');
  });

  it('knows of every folded character where it stood', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const { text: folded, starts, ends } = foldWithPlaces(text);
        expect(starts.length).toBe(folded.length);
        expect(ends.length).toBe(folded.length);
        starts.forEach((start, at) => {
          expect(start).toBeLessThan(ends[at]!);
          expect(ends[at]!).toBeLessThanOrEqual(text.length);
          if (at > 0) expect(start).toBeGreaterThanOrEqual(starts[at - 1]!);
        });
        expect(fold(text)).toBe(folded);
      }),
      { numRuns: 500 },
    );
  });
});

describe('forbidden words', () => {
  it('are found in any width, case and kana, and with blanks between', () => {
    expect(found('それはバカですよ', 'ばか')).toEqual(['バカ']);
    expect(found('それはﾊﾞｶですよ', 'バカ')).toEqual(['ﾊﾞｶ']);
    expect(found('必ず もう かります', '必ずもうかります')).toEqual(['必ず もう かります']);
    expect(found('ＳＬＡ保証', 'sla')).toEqual(['ＳＬＡ']);
    expect(found('絶\u200b対に', '絶対')).toEqual(['絶\u200b対']);
  });

  it('are not part of a longer Latin word', () => {
    expect(found('class と ass', 'ass')).toEqual(['ass']);
  });

  it('are all told, in the order of the text', () => {
    expect(found('返金は絶対です。絶対に。', '絶対', '返金')).toEqual(['返金', '絶対', '絶対']);
  });

  it('are found wherever they stand, whatever stands around them', () => {
    const kana = fc.string({ unit: fc.constantFrom('あ', 'ガ', 'ｶﾞ', '漢', '、', ' ', '😀'), maxLength: 12 });
    fc.assert(
      fc.property(kana, kana, fc.constantFrom('解約金', 'カイヤク', 'かいやく', 'ｶｲﾔｸ'), (before, after, written) => {
        const text = `${before}${written}${after}`;
        const hits = forbiddenIn(text, words('かいやく', '解約金'));
        expect(hits.some(({ start, end }) => text.slice(start, end) === written)).toBe(true);
      }),
    );
  });

  it('of blanks alone match nothing', () => {
    expect(forbiddenKey(' 　')).toBe('');
    expect(found('あ い', ' ')).toEqual([]);
  });
});
