/** What somebody began to say about a wrap-up. It outlives a look at another conversation, and ends with the contact. */
export interface WrapUpWords {
  dispositionId: string | null;
  note: string;
}

const MOST = 50;
const kept = new Map<string, WrapUpWords>();

export function wordsOf(contactId: string): WrapUpWords {
  return kept.get(contactId) ?? { dispositionId: null, note: '' };
}

export function keepWords(contactId: string, words: WrapUpWords): void {
  kept.delete(contactId);
  kept.set(contactId, words);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
}

export function dropWords(contactId?: string): void {
  if (contactId === undefined) kept.clear();
  else kept.delete(contactId);
}
