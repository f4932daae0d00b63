import type { MessageContent } from './content.js';
import type { MessageView } from './conversations.js';
import type { CustomerView } from './customers.js';

export const searchKinds = ['messages', 'notes', 'customers'] as const;

export type SearchKind = (typeof searchKinds)[number];

/** Of the conversation that a message belongs to: somebody works on it, or nobody any more. */
export type SearchState = 'open' | 'closed';

export const searchLimits = {
  /** Characters of a query. */
  query: 100,
  /** Words of a query; each of them must be found. */
  terms: 8,
  /** Hits of a page when one kind is asked for. */
  page: 20,
  /** Hits of each kind when all are asked for at once. */
  glance: 6,
} as const;

/** UTF-16 units of the text that stands beside it; `to` is the first one that no longer belongs to it. */
export interface TextRange {
  from: number;
  to: number;
}

/** What was found, in its own spelling. */
export interface FoundText {
  text: string;
  marks: TextRange[];
  /** More of it stands before, or after, what is shown here. */
  cutBefore: boolean;
  cutAfter: boolean;
}

export interface MessageHit {
  id: string;
  conversationId: string;
  seq: number;
  kind: 'message' | 'note';
  author: MessageView['author'];
  contentType: MessageContent['type'];
  accountId: string;
  customer: CustomerView;
  at: string;
  found: FoundText;
}

export interface CustomerHit {
  customer: CustomerView;
  /** The newest of this customer's conversations that may be read. */
  conversationId: string;
  accountId: string;
  lastActivityAt: string;
  name: FoundText | null;
  kana: FoundText | null;
  phone: FoundText | null;
  /** What an account keeps of her, where that was found; null otherwise. */
  attribute: { label: string; found: FoundText } | null;
}

/** Newest first. */
export interface SearchGroup<H> {
  hits: H[];
  /** Hand it to `cursor`, with the same query and this kind; null: there is nothing more. */
  nextCursor: string | null;
  /** Time was up before everything was looked at: `searchedTo` says how far back it went, `nextCursor` goes on from there. */
  partial: boolean;
  searchedTo: string | null;
}

/** The kinds that were asked for; null for the others. */
export interface SearchAnswer {
  messages: SearchGroup<MessageHit> | null;
  notes: SearchGroup<MessageHit> | null;
  customers: SearchGroup<CustomerHit> | null;
  /** Old messages of this installation are still being taken into the index; what is missing will come. */
  indexing: boolean;
}
