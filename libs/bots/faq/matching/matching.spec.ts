import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCourtesy, isThanks } from './courtesy.js';
import { FaqIndex, type Indexed } from './faq-index.js';
import { groupAlike } from './grouping.js';
import { choicesOf, judge } from './verdict.js';
import { wordingOf } from './wording.js';

const entry = (id: string, ...phrasings: string[]): Indexed => ({ id, language: 'ja', phrasings, answer: '' });
const entries = [
  entry('lost', 'カードの紛失・盗難', 'カードをなくしました'),
  entry('hours', '営業時間を教えてください', '電話で問い合わせたい'),
  entry('debit', '引き落とし日はいつですか'),
  entry('account', '引き落とし口座を変更したい'),
  entry('until', 'ポイントの有効期限'),
  entry('use', 'ポイントの使い方'),
  entry('fee', '送料はいくらですか'),
  entry('return', '商品を返品したい'),
  entry('etc', 'ETCカードを申し込みたい'),
  { id: 'en', language: 'en', phrasings: ['Where is my order?', 'My package has not arrived'], answer: '' } as const,
];
const index = FaqIndex.of(entries);
const first = (question: string): string | undefined => judge(index, question).candidates[0]?.id;

describe('wording', () => {
  it('makes spellings of one word the same', () => {
    for (const [a, b] of [
      ['引落し日', '引き落とし日'],
      ['引落日', '引き落とし日'],
      ['申込み', '申し込み'],
      ['支払方法', '支払い方法'],
      ['お支払い', '支払い'],
      ['ﾎﾟｲﾝﾄ', 'ポイント'],
      ['ＥＴＣ', 'etc'],
      ['下さい', 'ください'],
    ])
      expect(wordingOf(a!).written).toBe(wordingOf(b!).written);
  });

  it('reads what the table knows, and leaves the rest', () => {
    expect(wordingOf('営業時間').read).toBe('えいぎょうじかん');
    expect(wordingOf('薔薇の営業').read).toBe('薔薇のえいぎょう');
  });

  it('says the same of what it has said once, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { written } = wordingOf(text);
        expect(written).not.toMatch(/ {2}|^ | $/);
      }),
    );
  });
});

describe('finding', () => {
  it('finds each entry by each of its own phrasings, and answers', () => {
    for (const { id, phrasings } of entries)
      for (const phrasing of phrasings)
        expect(judge(index, phrasing)).toMatchObject({
          verdict: 'answer',
          candidates: [{ id }, ...judge(index, phrasing).candidates.slice(1)],
        });
  });

  it('finds by kana, by other spellings, by other words and through slips', () => {
    expect(first('えいぎょうじかんは？')).toBe('hours');
    expect(first('引落し口座のへんこう')).toBe('account');
    expect(first('カードを紛失した')).toBe('lost');
    expect(first('カドを無くした')).toBe('lost');
    expect(first('へんぴんしたい')).toBe('return');
    expect(first('配送料はどれくらい')).toBe('fee');
    expect(first('ｅｔｃ')).toBe('etc');
    expect(first('where is my pakage')).toBe('en');
  });

  it('is not sure of what it has never heard', () => {
    for (const question of ['駐車場はありますか', '明日の天気は', '株主優待について', 'xyzzy', '？？？', ''])
      expect(judge(index, question).verdict).not.toBe('answer');
    expect(judge(FaqIndex.of([]), '送料は').verdict).toBe('unsure');
  });

  it('asks back where two are near, and offers both', () => {
    const judgement = judge(index, 'ポイント');
    expect(judgement.verdict).toBe('ask');
    expect(
      choicesOf(judgement)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['until', 'use']);
  });

  it('takes an administrator’s words for the same thing', () => {
    const own = [entry('plan', 'みなとプランの申し込み'), ...entries];
    expect(first('Mコースに入りたい')).not.toBe('plan');
    expect(judge(FaqIndex.of(own, [['みなとプラン', 'Mコース']]), 'Mコースに入りたい').candidates[0]?.id).toBe('plan');
  });

  it('keeps to the entries that are wanted', () => {
    expect(judge(index, '送料はいくらですか', ({ id }) => id !== 'fee').candidates.some(({ id }) => id === 'fee')).toBe(
      false,
    );
  });

  it('gives shares, whatever is asked', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('カード', '引き落とし', '送料', 'は', '？', 'lost', ' ', '返品', 'なくした'))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(words, (question) => {
        const { verdict, candidates } = judge(index, question);
        if (verdict === 'courtesy') return;
        for (const { likelihood, likeness, covered } of candidates) {
          for (const share of [likelihood, likeness, covered]) expect(share).toBeGreaterThanOrEqual(0);
          for (const share of [likelihood, likeness, covered]) expect(share).toBeLessThanOrEqual(1.000001);
        }
        expect(candidates.map(({ likelihood }) => likelihood)).toEqual(
          candidates.map(({ likelihood }) => likelihood).toSorted((a, b) => b - a),
        );
      }),
    );
  });
});

describe('courtesies', () => {
  it('are no questions', () => {
    for (const said of [
      'こんにちは',
      'ありがとうございました！',
      'はい',
      'Thank you so much',
      '了解です。',
      'よろしくお願いします',
    ])
      expect([said, isCourtesy(said)]).toEqual([said, true]);
    for (const said of ['はいつ届きますか', 'ありがとうポイント', 'こんにちは、送料は？', ''])
      expect([said, isCourtesy(said)]).toEqual([said, false]);
    expect([isThanks('助かりました'), isThanks('こんにちは')]).toEqual([true, false]);
  });
});

describe('questions of one sense', () => {
  it('stand together under the first', async () => {
    const asked = ['テザリングはできますか', '駐車場はありますか', 'テザリングできますか？', '駐車場ありますか'];
    expect(await groupAlike(asked)).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});
