import { describe, expect, it } from 'vitest';
import type { CannedResponse, CannedScope } from '#libs/contracts/index.js';
import { searchIn } from '../matching/ranking.js';
import { byUse, namesOf } from './canned-search.js';

let last = 0;
const response = (
  name: string,
  more: { reading?: string; shortcut?: string; uses?: number; scope?: CannedScope } = {},
): CannedResponse => ({
  id: String((last += 1)),
  version: 1,
  scope: 'account',
  ownerId: '1',
  folder: '',
  reading: '',
  uses: 0,
  content: { type: 'text', text: name },
  updatedAt: '2026-11-22T00:00:00.000Z',
  ...more,
  name,
  shortcut: more.shortcut ?? null,
});
const found = (list: CannedResponse[], typed: string) =>
  searchIn(byUse(list), { names: namesOf, often: ({ uses }) => uses })(typed).map(({ name }) => name);

describe('canned responses are found', () => {
  const refund = response('返金のご案内', { reading: 'へんきんのごあんない', shortcut: 'refund' });
  const card = response('カード停止の手順', { reading: 'かーどていしのてじゅん', uses: 5 });
  const re = response('再発行', { reading: 'さいはっこう', shortcut: 're', uses: 1 });
  const all = [refund, card, re];

  it('by shortcut, name, kana and romaji', () => {
    for (const typed of ['refund', 'ref', '返金', 'へんきん', 'ヘンキン', 'henkin'])
      expect(found(all, typed)[0]).toBe('返金のご案内');
    for (const typed of ['かーど', 'カード停', 'ｶｰﾄﾞ', 'teishi', 'teisi'])
      expect(found(all, typed)[0]).toBe('カード停止の手順');
  });

  it('a whole shortcut before all others, then beginnings, then by how often they are sent', () => {
    expect(found([response('reの説明', { uses: 99 }), refund, re], 're')[0]).toBe('再発行');
    const often = [response('ご案内 一', { uses: 1 }), response('ご案内 二', { uses: 8 })];
    expect(found(often, 'ご案内')).toEqual(['ご案内 二', 'ご案内 一']);
  });

  it('without a word by use, and one’s own before the queue’s before the account’s', () => {
    const same = (['account', 'personal', 'queue'] as const).map((scope) => response(scope, { scope, shortcut: 'hi' }));
    expect(found([...same, response('often', { uses: 3 })], '')).toEqual(['often', 'personal', 'queue', 'account']);
    expect(found(same, 'hi')).toEqual(['personal', 'queue', 'account']);
  });
});
