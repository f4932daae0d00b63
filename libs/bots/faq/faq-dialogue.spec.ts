import { describe, expect, it } from 'vitest';
import type { BotWords, FaqEntry } from '#libs/contracts/index.js';
import { languageOf, reply, type FaqState } from './faq-dialogue.js';
import type { Knowledge } from './faq-knowledge.js';
import { FaqIndex } from './matching/faq-index.js';
import { judge } from './matching/verdict.js';

const entry = (id: string, ...phrasings: string[]): FaqEntry => ({
  id,
  version: 1,
  accountId: '1',
  category: '',
  language: 'ja',
  phrasings,
  reading: '',
  content: { type: 'text', text: `${phrasings[0]}の答え` },
  state: 'on',
  validFrom: null,
  validUntil: null,
  proposedBy: null,
  answered: 0,
  offered: 0,
  chosen: 0,
  updatedAt: '2026-01-01T00:00:00.000Z',
});
const entries = [
  entry('1', 'ポイントの有効期限'),
  entry('2', 'ポイントの使い方'),
  entry('3', '送料はいくらですか'),
  entry('4', '商品を返品したい'),
  entry('5', '営業時間を教えてください'),
];
const index = FaqIndex.of(
  entries.map(({ id, phrasings, content }) => ({ id, language: 'ja', phrasings, answer: content.text })),
);
const knowledge: Knowledge = {
  judge: (question) => judge(index, question),
  entry: (id) => entries.find((each) => each.id === id),
};
const say = (...texts: string[]): BotWords[] => texts.map((text, at) => ({ seq: at + 1, type: 'text', text }));
const press = (payload: string, label = 'x'): BotWords[] => [{ seq: 9, type: 'press', label, payload, of: 8 }];
const turn = (said: BotWords[], state: unknown = null, number = 1) =>
  reply({ said, state, language: 'ja', number }, knowledge);

describe('the FAQ bot', () => {
  it('says the answer, with a way to a person under it', () => {
    const { answer, outcome } = turn(say('送料はいくら？'));
    expect(answer.steps).toEqual([
      {
        do: 'say',
        text: '送料はいくらですかの答え',
        suggestions: [{ kind: 'reply', label: '解決しない(担当者へ)', payload: 'faq:person' }],
      },
    ]);
    expect(outcome).toMatchObject({ kind: 'question', said: '3' });
  });

  it('asks back where two are near, and knows the choice by its press, its number and its words', () => {
    const { answer } = turn(say('ポイント'));
    const [step] = answer.steps;
    expect(step).toMatchObject({ do: 'ask' });
    const labels = step?.do === 'ask' ? step.suggestions.map(({ payload }) => payload) : [];
    expect(labels.toSorted()).toEqual(['faq:entry:1', 'faq:entry:2', 'faq:none']);
    const { asked } = answer.state as FaqState;
    for (const said of [press('faq:entry:2'), say(`${asked.indexOf('2') + 1}`), say('ポイントの使い方。')]) {
      const next = turn(said, answer.state, 2);
      expect(next.outcome).toEqual({ kind: 'choice', entryId: '2' });
      expect(next.answer.steps[0]).toMatchObject({ do: 'say', text: 'ポイントの使い方の答え' });
    }
  });

  it('offers a person when it has nothing, and passes on the second time', () => {
    const once = turn(say('駐車場はありますか'));
    expect(once.answer.steps[0]).toMatchObject({ do: 'ask' });
    const twice = turn(say('車で行けますか'), once.answer.state, 2);
    expect(twice.answer.steps).toEqual([{ do: 'handOff', reason: 'unsure', summary: '車で行けますか' }]);
    expect(turn(press('faq:person'), once.answer.state, 2).answer.steps).toEqual([
      { do: 'handOff', reason: 'asked', summary: '駐車場はありますか' },
    ]);
    expect(turn(press('faq:again'), once.answer.state, 2).answer.steps[0]).toMatchObject({ do: 'say' });
  });

  it('keeps no more of a long question than whole characters that fit', () => {
    const once = turn(say('駐車場🚗'.repeat(2000)));
    const { question } = once.answer.state as FaqState;
    expect([...question!]).toHaveLength(200);
    expect(encodeURIComponent(question!)).not.toBe('');
    expect(Buffer.byteLength(JSON.stringify(once.answer.state))).toBeLessThan(16_384);
  });

  it('counts “none of these” as a miss, and a new question as a new beginning', () => {
    const asked = turn(say('ポイント'));
    const none = turn(press('faq:none'), asked.answer.state, 2);
    expect(none.answer.steps[0]).toMatchObject({ do: 'ask' });
    expect(turn(press('faq:none'), none.answer.state, 3).answer.steps[0]).toMatchObject({
      do: 'handOff',
      reason: 'unsure',
    });
    const answered = turn(say('送料はいくらですか'), none.answer.state, 3);
    expect((answered.answer.state as FaqState).missed).toBe(0);
  });

  it('reads a burst as one, and passes over the greeting in it', () => {
    expect(turn(say('こんにちは', '送料はいくらですか')).outcome).toMatchObject({
      kind: 'question',
      said: '3',
      question: '送料はいくらですか',
    });
    expect(turn(say('返品', 'したいのですが')).outcome).toMatchObject({ kind: 'question', said: '4' });
  });

  it('answers a greeting and thanks without troubling anybody', () => {
    expect(turn(say('こんにちは')).answer.steps[0]).toMatchObject({ do: 'say' });
    expect(turn(say('ありがとうございました'), null, 3).outcome).toEqual({ kind: 'talk' });
  });

  it('takes the words on an entry’s own chip for a question, and passes what has no words', () => {
    expect(turn(press('送料', '送料はいくらですか')).outcome).toMatchObject({ kind: 'question', said: '3' });
    expect(turn([{ seq: 1, type: 'other', what: 'image' }]).answer.steps).toEqual([{ do: 'pass' }]);
  });

  it('is not led astray by a state or a press that it did not write', () => {
    for (const state of ['x', 7, { asked: 'no', missed: 'many' }, { asked: [1, null] }, []])
      expect(turn(say('送料はいくらですか'), state).outcome).toMatchObject({ kind: 'question', said: '3' });
    expect(turn(press('faq:entry:999')).answer.steps[0]).toMatchObject({ do: 'ask' });
  });

  it('speaks the customer’s language', () => {
    expect([languageOf('送料は', 'en'), languageOf('how much is it', 'ja'), languageOf('ETC', 'ja')]).toEqual([
      'ja',
      'en',
      'ja',
    ]);
    expect(turn(say('do you sell submarines')).answer.steps[0]).toMatchObject({
      text: expect.stringContaining('sorry'),
    });
  });
});
