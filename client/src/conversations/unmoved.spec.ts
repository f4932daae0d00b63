import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { ConversationDetail, ConversationRow } from '#libs/contracts/index.js';
import { applyRowToDetail } from './detail.cache.js';
import { detailQuery } from './queries.js';
import { unmoved, unmovedButDraft } from './unmoved.js';

const row = {
  id: '1',
  version: 1,
  customer: { id: '7', name: '花子' },
  contact: { id: '3', state: 'active' },
  lastSeq: 4,
};
const detail = {
  conversation: row,
  account: { id: '2', name: '窓口' },
  contacts: [{ id: '3', state: 'active' }],
  may: { reply: true },
  drafted: null,
} as unknown as ConversationDetail;

/** As news reach the screen: parsed anew, through the cache. */
function heard(change: object): ConversationDetail {
  const client = new QueryClient();
  client.setQueryDefaults(['detail'], detailQuery('1') as never);
  const key = detailQuery('1').queryKey;
  client.setQueryData(key, detail);
  const news = JSON.parse(JSON.stringify({ ...row, version: 2, ...change })) as ConversationRow;
  client.setQueryData(key, (known) => known && applyRowToDetail(known, news));
  return client.getQueryData(key)!;
}

it('a message moves nothing around the thread; another name, state or right does', () => {
  expect(unmoved({ detail }, { detail: heard({ lastSeq: 5, unread: 1 }) })).toBe(true);
  expect(unmoved({ detail }, { detail: heard({ customer: { id: '7', name: '桜' } }) })).toBe(false);
  expect(unmoved({ detail }, { detail: heard({ contact: { id: '3', state: 'held' } }) })).toBe(false);
  expect(unmoved({ detail }, { detail: { ...detail, may: { ...detail.may, reply: false } } })).toBe(false);
  expect(unmoved({ detail, panel: true }, { detail, panel: false })).toBe(false);
});

it('one’s own draft moves the composer alone', () => {
  const drafted = { ...detail, drafted: { text: 'あ' } } as unknown as ConversationDetail;
  expect(unmoved({ detail }, { detail: drafted })).toBe(true);
  expect(unmovedButDraft({ detail }, { detail: drafted })).toBe(false);
});
