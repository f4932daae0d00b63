import { describe, expect, it } from 'vitest';
import { asksForPerson } from './person-words.js';

const asks = (text: string, own: string[] = []): boolean => asksForPerson([{ seq: 1, type: 'text', text }], own);

describe('words that ask for a person', () => {
  it.each([
    'オペレーター',
    'ｵﾍﾟﾚｰﾀｰ',
    'おぺれーたー。',
    '有人',
    '有人対応でお願いします',
    '担当者',
    '担当者に つないでください！',
    '担当の方と話したいです',
    '人間',
    'Agent',
    'HUMAN!!',
    'operator',
    'I want to talk to a human',
    'can i speak with a real agent please',
    'ＡＧＥＮＴ',
  ])('%s', (text) => expect(asks(text)).toBe(true));

  it.each([
    '',
    'オペレーターの営業時間は何時までですか',
    '担当者のお名前を教えてください',
    '有人の店舗はどこにありますか',
    'agent fee?',
    'who is my insurance agent and what is the fee',
    '人間ドックの予約をしたい',
  ])('not %s', (text) => expect(asks(text)).toBe(false));

  it('an account has its own, as the whole message', () => {
    expect([asks('ヘルプ', ['へるぷ']), asks('ヘルプデスクはどこ', ['へるぷ'])]).toEqual([true, false]);
  });

  it('a chip says it too', () => {
    expect(asksForPerson([{ seq: 1, type: 'press', label: '担当者', payload: 'x', of: null }], [])).toBe(true);
    expect(asksForPerson([{ seq: 1, type: 'other', what: 'image' }], [])).toBe(false);
  });
});
