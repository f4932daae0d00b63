import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardNumbersIn, maskCardNumbers, maskedContent } from '#libs/contracts/index.js';

const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** A card as anybody might write it: any scheme, any groups, any width. */
const card = fc
  .record({
    head: fc.constantFrom('4', '51', '2221', '34', '37', '3528', '36', '6011', '62', '81'),
    length: fc.integer({ min: 13, max: 19 }),
    digits: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }),
    groups: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 19, maxLength: 19 }),
    between: fc.constantFrom('', ' ', '-', '　', '－', '−', '‐', '/'),
    wide: fc.boolean(),
  })
  .map(({ head, length, digits, groups, between, wide: full }) => {
    const plain = withCheckDigit((head + digits.join('')).slice(0, length - 1));
    const parts: string[] = [];
    for (let at = 0, group = 0; at < plain.length; at += groups[group++]!)
      parts.push(plain.slice(at, at + groups[group]!));
    const written = parts.join(between);
    return { plain, written: full ? wide(written) : written };
  });

function withCheckDigit(digits: string): string {
  for (let last = 0; last < 10; last++) {
    const sum = [...`${digits}${last}`].reverse().reduce((total, digit, place) => {
      const value = place % 2 === 0 ? Number(digit) : Number(digit) * 2;
      return total + Math.floor(value / 10) + (value % 10);
    }, 0);
    if (sum % 10 === 0) return `${digits}${last}`;
  }
  throw new Error('one of ten digits agrees');
}

const words = fc.string({ unit: fc.constantFrom('番', '号', 'は', 'a', ' ', '、', '\n', '😀', '。'), maxLength: 20 });

describe('card numbers', () => {
  it('are found however they are written, wherever they stand', () => {
    fc.assert(
      fc.property(card, words, words, ({ written }, before, after) => {
        const text = `${before}番号${written}です${after}`;
        const at = before.length + 2;
        expect(cardNumbersIn(text)).toEqual([{ start: at, end: at + written.length }]);
      }),
      { numRuns: 500 },
    );
  });

  it('keep their last four digits, their groups and their length; everything else stays', () => {
    fc.assert(
      fc.property(card, words, words, ({ plain, written }, before, after) => {
        const text = `${before}。${written}。${after}`;
        const masked = maskCardNumbers(text);
        expect(masked.length).toBe(text.length);
        expect(masked.normalize('NFKC').replace(/\D/g, '')).toBe(plain.slice(-4));
        expect(masked.startsWith(`${before}。`) && masked.endsWith(`。${after}`)).toBe(true);
        expect(maskCardNumbers(masked)).toBe(masked);
      }),
      { numRuns: 500 },
    );
  });

  it('are not what does not agree: one digit changed', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 4, max: 11 }), fc.integer({ min: 1, max: 9 }), ({ plain }, place, more) => {
        const wrong = plain.slice(0, place) + String((Number(plain[place]) + more) % 10) + plain.slice(place + 1);
        expect(maskCardNumbers(wrong)).toBe(wrong);
      }),
    );
  });

  it.each([
    ['phone numbers and dates', '090-1234-5678 と 2026/11/22 14:05'],
    ['the middle of a longer number', '94111111111111111112'],
    ['twelve digits', '411111111117'],
    ['nothing', ''],
  ])('are not: %s', (_, text) => {
    expect(cardNumbersIn(text)).toEqual([]);
  });

  it('are covered in texts, names of files and pressed buttons; the same content comes back untouched otherwise', () => {
    const number = '4111 1111 1111 1111';
    const covered = '•••• •••• •••• 1111';
    expect(maskedContent({ type: 'text', text: number, suggestions: [] })).toEqual({
      type: 'text',
      text: covered,
      suggestions: [],
    });
    expect(maskedContent({ type: 'press', label: number, payload: 'p', press: 'reply' })).toMatchObject({
      label: covered,
    });
    expect(maskedContent({ type: 'text', text: 'カードの件' })).toBeNull();
    expect(maskedContent({ type: 'location', latitude: 1, longitude: 2 })).toBeNull();
  });

  it('cost nearly nothing where there are none', () => {
    const text = 'ご予約の変更について、11月22日 14時に 03-1234-5678 までお電話ください。'.repeat(60);
    const before = performance.now();
    for (let round = 0; round < 1_000; round++) maskCardNumbers(text);
    // A long text in 0.2 ms at the worst; it takes a tenth of that.
    expect(performance.now() - before).toBeLessThan(200);
  });
});
