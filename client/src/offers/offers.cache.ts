import type { OfferEnded, OfferView } from '#libs/contracts/index.js';

/** What this agent is being offered, whoever has the least time left first. */
export interface OfferBook {
  open: OfferView[];
  /** Ids of those that ended, so that a late event or an old answer cannot bring one back. */
  ended: readonly string[];
}

export type OfferNews = { made: OfferView } | { ended: Pick<OfferEnded, 'id'> };

const ENDED_REMEMBERED = 200;

/** The answer of `GET /api/offers`, and what was heard while it travelled. */
export function bookFromAnswer(answer: OfferView[], known: OfferBook | undefined, heard: OfferNews[]): OfferBook {
  const read = answer.reduce(applyMade, { open: [], ended: known?.ended ?? [] });
  return heard.reduce(
    (book, news) => ('made' in news ? applyMade(book, news.made) : applyEnded(book, news.ended)),
    read,
  );
}

export function applyMade(book: OfferBook, offer: OfferView): OfferBook {
  if (book.ended.includes(offer.id)) return book;
  const others = book.open.filter(({ id }) => id !== offer.id);
  return { ...book, open: [...others, offer].sort(byTimeLeft) };
}

export function applyEnded(book: OfferBook, { id }: Pick<OfferEnded, 'id'>): OfferBook {
  if (book.ended.includes(id)) return book;
  return {
    open: book.open.filter((offer) => offer.id !== id),
    ended: [...book.ended, id].slice(-ENDED_REMEMBERED),
  };
}

/** The one with the least time first; of two with the same, the one that was made first. */
export function byTimeLeft(a: OfferView, b: OfferView): number {
  return (
    Date.parse(a.deadline) - Date.parse(b.deadline) ||
    a.id.length - b.id.length ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Which one is shown whole: the one in front stays there until it ends, so that nothing changes under the pointer. */
export function frontOf(open: readonly OfferView[], before: string | null): OfferView | null {
  return open.find(({ id }) => id === before) ?? open[0] ?? null;
}
