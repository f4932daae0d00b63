import { describe, expect, it } from 'vitest';
import type { CannedResponse } from '#libs/contracts/index.js';
import { bodyOf, draftOf, emptyDraft, faultsOf, foldersOf, isSame } from './draft.js';

const response = (body: Partial<CannedResponse>): CannedResponse => ({
  id: '1',
  version: 3,
  scope: 'personal',
  ownerId: null,
  folder: '',
  name: 'あいさつ',
  reading: '',
  shortcut: 'hi',
  content: { type: 'text', text: 'こんにちは' },
  uses: 0,
  updatedAt: '2026-11-22T00:00:00.000Z',
  ...body,
});
const rules = (draft: Partial<ReturnType<typeof emptyDraft>>) =>
  faultsOf({ ...emptyDraft(), name: 'あ', text: 'い', ...draft }).map(({ field, rule, limit, actual, unit }) =>
    [field, rule, limit, actual, unit].filter((each) => each !== undefined).join(' '),
  );

describe('what is written into a canned response', () => {
  it('is the stored one until something is changed, and keeps what has no field', () => {
    const stored = response({
      content: { type: 'text', text: 'は', suggestions: [{ kind: 'reply', label: 'い', payload: 'y' }] },
    });
    const draft = draftOf(stored);
    expect(isSame(draft, draftOf(stored))).toBe(true);
    expect(isSame({ ...draft, reading: 'あ' }, draft)).toBe(false);
    expect(bodyOf({ ...draft, shortcut: ' /ｈｉ ' }, stored)).toMatchObject({
      shortcut: 'ｈｉ',
      content: stored.content,
    });
    expect(bodyOf({ ...draft, shortcut: '' }).shortcut).toBeNull();
    expect(bodyOf({ ...draft, buttons: 'い\nろ' }, stored).content.suggestions).toEqual([
      { kind: 'reply', label: 'い', payload: 'y' },
      { kind: 'reply', label: 'ろ', payload: 'ろ' },
    ]);
    expect(bodyOf({ ...draft, buttons: '' }, stored).content).toEqual({ type: 'text', text: 'は' });
  });

  it('is told its faults with their limits', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ name: ' ', text: ' ' })).toEqual(['name required', 'content.text required']);
    expect(rules({ name: 'あ'.repeat(61), folder: 'あ'.repeat(101) })).toEqual([
      'name tooLong 60 61 utf16',
      'folder tooLong 100 101 utf16',
    ]);
    expect(rules({ shortcut: '/a b' })).toEqual(['shortcut isShortcut']);
    expect(rules({ text: 'あ'.repeat(2731) })).toEqual(['content.text tooLong 2730 2731 utf16']);
    expect(rules({ buttons: 'あ'.repeat(26) })).toEqual(['content.suggestions tooLong 25 26']);
    expect(rules({ text: 'あ'.repeat(2730) })).toEqual([]);
    expect(rules({ text: '𠮷'.repeat(1365) })).toEqual([]);
  });

  it('stands in folders, by its reading; those without a folder last', () => {
    const list = [
      response({ id: '1', name: '返金', reading: 'へんきん', folder: 'あ' }),
      response({ id: '2', name: '案内', reading: 'あんない', folder: 'あ' }),
      response({ id: '3', name: '外' }),
      response({ id: '4', name: '案内 10', reading: 'あんない 10', folder: 'あ' }),
      response({ id: '5', name: '案内 9', reading: 'あんない 9', folder: 'あ' }),
    ];
    expect(foldersOf(list).map(({ name, responses }) => [name, ...responses.map(({ id }) => id)])).toEqual([
      ['あ', '2', '5', '4', '1'],
      ['', '3'],
    ]);
  });
});
