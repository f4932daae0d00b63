import { describe, expect, it } from 'vitest';
import type { OfferView } from '#libs/contracts/index.js';
import { applyEnded, applyMade, bookFromAnswer, frontOf, type OfferBook } from './offers.cache.js';

const START = Date.parse('2026-03-01T00:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function offer(id: string, deadline = 20): OfferView {
  return {
    id,
    contactId: id,
    conversationId: id,
    queueId: null,
    kind: 'queue',
    from: null,
    note: null,
    // Nothing here looks into the row.
    conversation: {} as OfferView['conversation'],
    madeAt: at(0),
    deadline: at(deadline),
  };
}

const empty: OfferBook = { open: [], ended: [] };
const ids = (book: OfferBook) => book.open.map(({ id }) => id);

describe('what an agent is being offered', () => {
  it('stands in the order in which time runs out, then in which it was made', () => {
    const book = [offer('12', 30), offer('9', 30), offer('15', 10)].reduce(applyMade, empty);
    expect(ids(book)).toEqual(['15', '9', '12']);
  });

  it('is told once, however often it is heard', () => {
    expect(ids([offer('1'), offer('1')].reduce(applyMade, empty))).toEqual(['1']);
  });

  it('does not come back once it has ended, whatever is heard late', () => {
    const over = applyEnded(applyMade(empty, offer('1')), { id: '1' });
    expect(over.open).toEqual([]);
    expect(applyMade(over, offer('1')).open).toEqual([]);
    expect(ids(bookFromAnswer([offer('1'), offer('2')], over, []))).toEqual(['2']);
  });

  it('is what the answer says, and what was heard while it travelled', () => {
    const known = applyMade(empty, offer('1'));
    const heard = [{ made: offer('3') }, { ended: { id: '2' } }];
    expect(ids(bookFromAnswer([offer('2'), offer('4')], known, heard))).toEqual(['3', '4']);
  });

  it('ended before it was heard of: it never shows', () => {
    expect(applyMade(applyEnded(empty, { id: '1' }), offer('1')).open).toEqual([]);
  });

  it('keeps in front what is in front, until it ends', () => {
    const both = [offer('1', 30), offer('2', 10)].reduce(applyMade, empty);
    expect(frontOf(both.open, null)?.id).toBe('2');
    expect(frontOf(both.open, '1')?.id).toBe('1');
    expect(frontOf(applyEnded(both, { id: '1' }).open, '1')?.id).toBe('2');
    expect(frontOf([], '1')).toBeNull();
  });
});
