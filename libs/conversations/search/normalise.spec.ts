import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseWithPlaces } from './normalise.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'アｱガｶﾞがカ゛１1Ａａ、。 　-ー々葛\u{E0100}é㌔①😀👨‍👩‍👧ﾊﾟ\u3099ヴﾞ') }),
);

describe('what two spellings have in common', () => {
  it.each([
    ['ｶﾞｿﾘﾝ', 'がそりん'],
    ['ガソリン', 'がそりん'],
    ['カ\u3099ソリン', 'がそりん'],
    ['パスポートＡＢＣ１２３', 'ぱすぽーとabc123'],
    ['０９０－１２３４－５６７８', '09012345678'],
    ['ご注文の件、\n確認しました。', 'ご注文の件確認しました'],
    ['㈱山田', '株山田'],
    ['葛\u{E0100}飾', '葛飾'],
    ['渡邊 髙橋 齋藤', '渡辺高橋斎藤'],
    ['😀 OK!', '😀ok'],
    ['、。 ・…', ''],
  ])('%s is %s', (text, plain) => expect(normalise(text)).toBe(plain));

  it('is the same when it is done again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
    );
  });

  it('knows for every unit where it came from, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: plain, starts, ends } = normaliseWithPlaces(text);
        expect(plain).toBe(normalise(text));
        expect([starts.length, ends.length]).toEqual([plain.length, plain.length]);
        starts.forEach((start, unit) => {
          expect(start).toBeLessThan(ends[unit]!);
          expect(start).toBeGreaterThanOrEqual(starts[unit - 1] ?? 0);
          expect(normalise(text.slice(start, ends[unit]))).toContain(plain[unit]);
        });
      }),
    );
  });

  it('does not care whether kana are wide or narrow, hiragana or katakana', () => {
    const hiragana = fc.string({ unit: fc.constantFrom(...'あいうえおがぎぐげごぱぴぷぺぽっゃゅょんー') });
    const toKatakana = (text: string) =>
      text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
    fc.assert(
      fc.property(hiragana, (text) => {
        expect(normalise(toKatakana(text))).toBe(normalise(text));
      }),
    );
  });
});
