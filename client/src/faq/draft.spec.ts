import { describe, expect, it } from 'vitest';
import type { FaqEntry, MessageView } from '#libs/contracts/index.js';
import { bodyOf, draftFrom, draftOf, draftOfThread, emptyDraft, faultsOf } from './draft.js';

const entry: FaqEntry = {
  id: '1',
  version: 1,
  accountId: '1',
  category: '送料',
  language: 'ja',
  phrasings: ['送料は？', '配送料'],
  reading: 'そうりょうは？',
  content: { type: 'text', text: '500円', suggestions: [{ kind: 'reply', label: '戻る', payload: 'menu:top' }] },
  state: 'off',
  validFrom: new Date(2026, 3, 1, 9, 30).toISOString(),
  validUntil: new Date(2026, 4, 1).toISOString(),
  proposedBy: null,
  answered: 0,
  offered: 0,
  chosen: 0,
  updatedAt: '2026-01-01T00:00:00.000Z',
};

describe('the editor of an entry', () => {
  it('gives back what it was given, also what its fields cannot show', () => {
    const { category, language, phrasings, content, state, validFrom, validUntil } = entry;
    expect(bodyOf(draftOf(entry), entry)).toEqual({
      category,
      language,
      phrasings,
      content,
      state,
      validFrom,
      validUntil,
    });
    expect(draftOf(entry)).toMatchObject({ from: '2026-04-01', until: '2026-04-30' });
    const moved = bodyOf({ ...draftOf(entry), until: '2026-05-31' }, entry);
    expect(moved.validUntil).toBe(new Date(2026, 5, 1).toISOString());
  });

  it('says what is missing or too much', () => {
    const rules = (change: object) =>
      faultsOf({ ...emptyDraft(), phrasings: 'a', text: 'b', ...change }).map(({ field, rule }) => `${field} ${rule}`);
    expect(rules({})).toEqual([]);
    expect(rules({ phrasings: ' \n ', text: ' ' })).toEqual(['phrasings required', 'content.text required']);
    expect(rules({ phrasings: Array.from({ length: 21 }, (_, at) => `q${at}`).join('\n') })).toEqual([
      'phrasings tooMany',
    ]);
    expect(rules({ phrasings: 'あ'.repeat(121), from: '2026-02-02', until: '2026-02-01' })).toEqual([
      'phrasings tooLong',
      'validUntil afterFrom',
    ]);
  });

  it('begins with what an agent answered last, and what was asked before', () => {
    const said = (from: string, text: string): MessageView =>
      ({
        kind: 'message',
        author: { kind: from, id: null, name: null },
        content: { type: 'text', text },
      }) as MessageView;
    const thread = [
      said('customer', 'こんにちは'),
      said('bot', 'ご質問をどうぞ'),
      said('customer', 'のしは'),
      said('customer', '付けられますか'),
      said('agent', '無料で承ります。'),
      said('customer', 'ありがとう'),
    ];
    expect(draftOfThread(thread)).toMatchObject({ phrasings: 'のしは 付けられますか', text: '無料で承ります。' });
    expect(draftOfThread(thread.slice(0, 3))).toMatchObject({ phrasings: 'のしは', text: '' });
    expect(draftOfThread([])).toMatchObject({ phrasings: '', text: '' });
  });

  it('begins with the question that had no answer, and with what an agent said', () => {
    const question = { question: 'のし\nは？', also: ['のしを付けて'], reply: '承ります。', language: 'ja' as const };
    expect(
      draftFrom({
        ...question,
        id: '1',
        ids: ['1'],
        count: 2,
        accountId: '1',
        verdict: 'unsure',
        nearest: null,
        conversationId: '1',
        at: '',
      }),
    ).toMatchObject({
      phrasings: 'のし は？\nのしを付けて',
      text: '承ります。',
    });
  });
});
