import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, codesToAsk } from './codes.js';

const text = fc.string({ unit: fc.constantFrom(...'注文予約の件を確認しま😀a1'), maxLength: 60 });

describe('the codes of a text', () => {
  it('hold whatever any stretch of it asks for', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat({ max: 40 }), (whole, from, length) => {
        const characters = [...whole];
        const start = characters.length === 0 ? 0 : from % characters.length;
        const asked = codesToAsk(characters.slice(start, start + length).join(''));
        const codes = codesOf(whole);
        expect(asked.filter((code) => !codes.has(code))).toEqual([]);
      }),
    );
  });

  it('are 32-bit numbers, and the order of two characters is another one', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect([...codesOf(whole)].every((code) => (code | 0) === code)).toBe(true);
      }),
    );
    expect(codesToAsk('注文')).not.toEqual(codesToAsk('文注'));
  });

  it('are one for one character, and no more than is needed for a long text', () => {
    expect(codesToAsk('文')).toHaveLength(1);
    expect(codesToAsk('注文')).toHaveLength(1);
    expect(codesToAsk([...Array(90).keys()].map((n) => String.fromCharCode(0x4e00 + n)).join('')).length).toBe(24);
  });

  it('hardly ever meet: of 200,000 pairs of common characters fewer than 20 share one', () => {
    const seen = new Set<number>();
    for (let first = 0; first < 400; first += 1) {
      for (let second = 0; second < 500; second += 1) {
        seen.add(codesToAsk(String.fromCharCode(0x4e00 + first * 7, 0x4e00 + second * 11))[0]!);
      }
    }
    expect(seen.size).toBeGreaterThan(200_000 - 20);
  });
});
