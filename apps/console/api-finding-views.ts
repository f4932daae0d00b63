import type {
  CustomerHit,
  CustomerView,
  FoundText,
  ListFilters,
  ListOrder,
  MessageHit,
  SavedView,
  SearchAnswer,
  SearchGroup,
  SearchState,
  TextRange,
} from '#libs/contracts/index.js';
import { id, listOf, object, orNull, text, time, whole, words, yesOrNo, type Described } from './api-schema.js';
import { authorKind, contentType } from './api-words.js';

export interface FindingViews {
  CustomerHit: CustomerHit;
  FoundText: FoundText;
  MessageHit: MessageHit;
  SavedView: SavedView;
  SearchAnswer: SearchAnswer;
}

/** By name, among the document's components. */
function named<T>(name: string): Described<T> {
  return { $ref: `#/components/schemas/${name}` } as Described<T>;
}

const found = named<FoundText>('FoundText');
const group = <H>(hit: Described<H>): Described<SearchGroup<H>> =>
  object<SearchGroup<H>>({
    hits: listOf(hit),
    nextCursor: orNull(text),
    partial: yesOrNo,
    searchedTo: orNull(time),
  });
const messages = group(named<MessageHit>('MessageHit'));

/** What is found, as the doors answer with it. */
export const findingViews: { [N in keyof FindingViews]: Described<FindingViews[N]> } = {
  CustomerHit: object<CustomerHit>({
    customer: named<CustomerView>('CustomerView'),
    conversationId: id,
    accountId: id,
    lastActivityAt: time,
    name: orNull(found),
    kana: orNull(found),
    phone: orNull(found),
    attribute: orNull(object<NonNullable<CustomerHit['attribute']>>({ label: text, found })),
  }),
  FoundText: object<FoundText>({
    text,
    marks: listOf(object<TextRange>({ from: whole, to: whole })),
    cutBefore: yesOrNo,
    cutAfter: yesOrNo,
  }),
  MessageHit: object<MessageHit>({
    id,
    conversationId: id,
    seq: whole,
    kind: words<MessageHit['kind']>({ message: true, note: true }),
    author: object<MessageHit['author']>({ kind: authorKind, id: orNull(id), name: orNull(text) }),
    contentType,
    accountId: id,
    customer: named<CustomerView>('CustomerView'),
    at: time,
    found,
  }),
  SavedView: object<SavedView>({
    id,
    name: text,
    shared: yesOrNo,
    filters: object<ListFilters>({
      account: orNull(id),
      queue: orNull(id),
      agent: orNull(text),
      unanswered: yesOrNo,
      label: orNull(id),
      state: orNull(words<SearchState>({ open: true, closed: true })),
    }),
    order: words<ListOrder>({ waiting: true, newest: true }),
  }),
  SearchAnswer: object<SearchAnswer>({
    messages: orNull(messages),
    notes: orNull(messages),
    customers: orNull(group(named<CustomerHit>('CustomerHit'))),
    indexing: yesOrNo,
  }),
};
