import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksIn, stretchOf } from './found-text.js';
import { normalise } from './normalise.js';

const spelled = (text: string, terms: string[]) => marksIn(text, terms)?.map(({ from, to }) => text.slice(from, to));

describe('where a term stands', () => {
  it('is told in the spelling of the text', () => {
    expect(spelled('ご注文の件、ｶﾞｿﾘﾝを１２３円', ['がそりん'])).toEqual(['ｶﾞｿﾘﾝ']);
    expect(spelled('番号は 090-1234-5678 です', ['0901234'])).toEqual(['090-1234']);
    expect(spelled('予約 予約', ['予約'])).toEqual(['予約', '予約']);
  });

  it('joins what lies over each other, and is nowhere unless every term is there', () => {
    expect(spelled('注文書', ['注文', '文書'])).toEqual(['注文書']);
    expect(marksIn('注文', ['注文', '予約'])).toBeNull();
  });

  it('always spells the term, whatever is around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const text = `${before} キャンセル ${after}`;
        const marks = marksIn(text, ['きゃんせる'])!;
        expect(marks.some(({ from, to }) => normalise(text.slice(from, to)).includes('きゃんせる'))).toBe(true);
      }),
    );
  });
});

describe('the stretch around the first mark', () => {
  it('is the whole of a short text', () => {
    const marks = marksIn('注文の件', ['文'])!;
    expect(stretchOf('注文の件', marks)).toEqual({ text: '注文の件', marks, cutBefore: false, cutAfter: false });
  });

  it('shows the mark, cuts no character in half, and says what it cut', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.nat({ max: 400 }), (before, after) => {
        const text = `${'😀'.repeat(before)}予約${'😀'.repeat(after)}`;
        const { text: shown, marks, cutBefore, cutAfter } = stretchOf(text, marksIn(text, ['予約'])!);
        expect(marks.map(({ from, to }) => shown.slice(from, to))).toContain('予約');
        expect(shown).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
        expect([cutBefore, cutAfter]).toEqual([!text.startsWith(shown), !text.endsWith(shown)]);
      }),
    );
  });
});
