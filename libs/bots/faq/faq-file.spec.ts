import { describe, expect, it } from 'vitest';
import type { FaqEntry } from '#libs/contracts/index.js';
import { readFaqFile, timeOfCell, writeFaqFile } from './faq-file.js';
import { readRows } from './faq-import.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const faultsOf = (text: string) =>
  readRows(readFaqFile(bytes(text))).faults.map(({ row, column, rule }) => [row, column, rule]);

describe('files of entries', () => {
  it('come back as they went out', () => {
    const entry = {
      category: '=送料',
      language: 'en',
      phrasings: ['How much?', 'Delivery, "fee"'],
      content: { type: 'text', text: '500円\nです', suggestions: [{ kind: 'reply', label: '戻る', payload: '戻る' }] },
      state: 'off',
      validFrom: '2026-04-01T00:00:00.000Z',
      validUntil: null,
    } as FaqEntry;
    const { read, faults } = readRows(readFaqFile(bytes(writeFaqFile([entry]))));
    expect(faults).toEqual([]);
    const { category, language, phrasings, content, state } = entry;
    const validFrom = new Date('2026-04-01T00:00:00.000Z');
    expect(read).toEqual([
      { row: 2, words: { category, language, phrasings, content, state, validFrom, validUntil: null } },
    ]);
  });

  it('name the row and the column of each fault', () => {
    expect(
      faultsOf(
        `質問,回答,言語,状態,開始,終了,選択肢\n送料は？,500円,,,,,\n,答え,,,,,\n質問,,仏語,たぶん,2026/13/01,,\n質問2,答え,,,2026/05/01,2026/04/01,見る http:x\n${'あ'.repeat(121)},答え,,,,,開く https://a`,
      ),
    ).toEqual([
      [3, 'phrasings', 'required'],
      [4, 'language', 'isIn'],
      [4, 'state', 'isIn'],
      [4, 'from', 'isDate'],
      [4, 'answer', 'required'],
      [5, 'until', 'afterFrom'],
      [6, 'suggestions', 'isLink'],
      [6, 'phrasings', 'tooLong'],
    ]);
    expect(() => readFaqFile(bytes('質問\n送料は？'))).toThrow();
  });

  it('take days as they are written in Japan, the last one whole', () => {
    expect(timeOfCell('2026/4/1', false)?.toISOString()).toBe('2026-03-31T15:00:00.000Z');
    expect(timeOfCell('２０２６年４月１日', true)?.toISOString()).toBe('2026-04-01T15:00:00.000Z');
    expect([timeOfCell(' ', false), timeOfCell('2026-02-30', false), timeOfCell('soon', false)]).toEqual([
      null,
      undefined,
      undefined,
    ]);
  });
});
