import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMerge, planUnmerge, type Known } from './merge-plan.js';

const word = fc.option(fc.constantFrom('山田', '佐藤', '田中'));
const known: fc.Arbitrary<Known> = fc.record({
  fields: fc.record({ name: word, kana: word, language: word }),
  values: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.constantFrom('金', '銀'), { noNullPrototype: true }),
});

describe('joining two customers', () => {
  it('what the one who stays says goes before, and no blank stays where the other one knows something', () => {
    const kept = { fields: { name: '山田', kana: null, language: null }, values: { 1: '金' } };
    const joined = { fields: { name: '山田太郎', kana: 'やまだ', language: null }, values: { 1: '銀', 2: '大阪' } };
    expect(planMerge(kept, joined).after).toEqual({
      fields: { name: '山田', kana: 'やまだ', language: null },
      values: { 1: '金', 2: '大阪' },
    });
  });

  it('and parting them again gives both back exactly', () => {
    fc.assert(
      fc.property(known, known, (kept, joined) => {
        const { after } = planMerge(kept, joined);
        const back = planUnmerge({ kept: { before: kept, after }, joined: { before: joined } }, after);
        expect(back).toEqual({ kept, joined });
      }),
    );
  });

  it('what was changed in between stays with the one who stayed, also what was taken away', () => {
    const kept = { fields: { name: '山田', kana: null, language: null }, values: { 1: '金' } };
    const joined = { fields: { name: null, kana: 'やまだ', language: null }, values: { 2: '大阪' } };
    const { after } = planMerge(kept, joined);
    const now = { fields: { ...after.fields, kana: 'ヤマダ' }, values: { 2: '大阪' } };
    expect(planUnmerge({ kept: { before: kept, after }, joined: { before: joined } }, now)).toEqual({
      kept: { fields: { name: '山田', kana: 'ヤマダ', language: null }, values: {} },
      joined,
    });
  });
});
