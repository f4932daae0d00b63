import type { BotSummary, HandOffView } from './bots.js';
import type { ContactView } from './contacts.js';
import type { Mention, MessageContent, Suggestion } from './content.js';
import type { CustomerView } from './customers.js';
import type { Sticker } from './media.js';
import type { DraftView } from './writing.js';

/** All ids are decimal strings; all times are ISO 8601 in UTC with milliseconds. */

/**
 * `queue`: チーム, what is open in the queues that whoever asks is a member of; `bot`: 自動応答中, what a bot has now. What a
 * bot has is not among the unassigned.
 */
export type View = 'mine' | 'unassigned' | 'queue' | 'bot' | 'all';

/**
 * `waiting`: whoever waits longest for an answer first, then the others, newest first.
 * `newest`: last activity first.
 */
export type ListOrder = 'waiting' | 'newest';

/** Reports only ever climb in this order; see `deliveryRank`. */
export type DeliveryState = 'queued' | 'unknown' | 'sent' | 'failed' | 'cancelled' | 'delivered' | 'read';

/**
 * A state replaces another only when its rank is higher. `unknown` (the carrier's answer was lost) is settled by
 * any report; `delivered` and `read` beat a late `failed` or `cancelled`.
 */
export const deliveryRank: Record<DeliveryState, number> = {
  queued: 0,
  unknown: 1,
  sent: 2,
  failed: 3,
  cancelled: 3,
  delivered: 4,
  read: 5,
};

/** One line of the list: everything the row shows, and nothing more. */
export interface ConversationRow {
  id: string;
  /** Rises with every change of the row; a lower one never replaces a higher one. */
  version: number;
  accountId: string;
  customer: CustomerView;
  lastMessage: LastMessage | null;
  /** Customer messages that no assignee has had on screen. */
  unread: number;
  /** When the oldest unanswered customer message arrived; null when nobody waits. */
  waitingSince: string | null;
  lastActivityAt: string;
  contact: ContactView | null;
  /** In the order they were set. */
  labelIds: string[];
  /** Place of the newest message, and the newest change in the thread. */
  lastSeq: number;
  lastChange: number;
  /** Read by an assignee up to this place. */
  readSeq: number;
}

export interface LastMessage {
  seq: number;
  author: AuthorKind;
  contentType: MessageContent['type'];
  /** One line, 120 characters at most; the screen words the types that have no text. */
  preview: string;
  at: string;
  delivery: DeliveryState | null;
}

export type AuthorKind = 'customer' | 'agent' | 'bot' | 'system';

export interface MessageView {
  id: string;
  conversationId: string;
  contactId: string | null;
  /** Place in the thread: 1, 2, 3 … without gaps. Sort by this. */
  seq: number;
  /** The conversation's counter when this message last changed. */
  change: number;
  /** Made by the browser that posted it; null for everything else. */
  clientId: string | null;
  kind: 'message' | 'note' | 'activity';
  author: { kind: AuthorKind; id: string | null; name: string | null };
  content: MessageContent;
  /** Card numbers in it are covered; whoever has `customer.sensitive` may ask for `/unmasked`. */
  masked?: true;
  /** Null for customers' messages, notes and activities. */
  delivery: DeliveryView | null;
  /** What to show as the time: the carrier's where it gave one. */
  at: string;
}

/** A message whose card numbers are not covered. */
export interface UnmaskedMessage {
  id: string;
  content: MessageContent;
}

export interface DeliveryView {
  state: DeliveryState;
  sentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  failedAt: string | null;
  /**
   * `read` when the handset reported it, otherwise `unknown`: a customer who hides read marks looks exactly like one
   * who has not read yet, so "unread" is never claimed.
   */
  receipt: 'read' | 'unknown';
  /** Stable word for the screen, e.g. `not_reachable`, `opted_out`, `rejected`, `answer_lost`. */
  reason: DeliveryReason | null;
  /** What the carrier said, for the tooltip; never translated. */
  detail: string | null;
  /** More than one try went out on a wire without a key: the customer may have got it twice. */
  maybeTwice: boolean;
  /** Until then it waits for the agent to think better of it (送信取消); null when it does not. */
  undoUntil: string | null;
}

export type DeliveryReason =
  | 'not_reachable'
  | 'opted_out'
  | 'blocked'
  | 'rejected'
  | 'unauthorized'
  | 'no_balance'
  | 'quiet_hours'
  | 'too_fast'
  | 'carrier_error'
  | 'answer_lost'
  | 'expired'
  | 'no_connection';

export interface ConversationPage {
  rows: ConversationRow[];
  nextCursor: string | null;
  /** Where the list's news begin: hand it to `/api/conversations/changes?since=`. */
  feed: string;
}

export interface ConversationChanges {
  rows: ConversationRow[];
  /** Of the ids asked for in `known`: those the agent may no longer see. */
  gone: string[];
  feed: string;
  /** False when there was more than one answer holds: load the list anew. */
  complete: boolean;
}

/** Counts stop at 1,000: show `999+`. */
export interface ViewCounts {
  mine: number;
  unassigned: number;
  queue: number;
  /** null: no bot answers at any account of whoever asks, and none has a conversation there. */
  bot: number | null;
  all: number;
}

export interface ConversationDetail {
  conversation: ConversationRow;
  account: { id: string; name: string };
  /** Newest first, the open one included, 20 at most. */
  contacts: ContactView[];
  /** The reply that this agent has begun. */
  draft: string;
  /** The same with her note, and what a screen needs to keep it; null when she has begun nothing. */
  drafted: DraftView | null;
  may: ConversationRights;
  /** What came with the open contact from a bot. */
  handOff: HandOffView | null;
  /** Who answers at the account before people do, in their order. */
  bots: BotSummary[];
}

export interface ConversationRights {
  reply: boolean;
  note: boolean;
  take: boolean;
  giveBack: boolean;
  assign: boolean;
  close: boolean;
  transfer: boolean;
  hold: boolean;
  snooze: boolean;
  /** The contact is in wrap-up and hers to finish. */
  finish: boolean;
  prioritise: boolean;
  returnToBot: boolean;
}

export interface MessagePage {
  /** By `seq` ascending; with `changedAfter` by `change` ascending. */
  messages: MessageView[];
  lastSeq: number;
  lastChange: number;
  /** Older (with `before`, `around`, or without a bound) or newer (with `after`, `changedAfter`) ones exist beyond this page. */
  hasMore: boolean;
}

export interface PostMessageBody {
  /** A UUID made by the client before the first try; the same one again returns the stored message. */
  clientId: string;
  content: PostContent;
  /**
   * The place of the newest message that the writer had seen. With a colleague's reply behind it the post is refused (409
   * `already_answered`).
   */
  answering?: number;
  /** Knowingly: also after a colleague's reply. */
  anyway?: boolean;
  /** It waits so long before it leaves, and can be taken back until then; 30 at most. */
  undoSeconds?: number;
}

export type PostContent =
  | { type: 'text'; text: string; suggestions?: Suggestion[] }
  /** A file that was uploaded by whoever sends it. */
  | { type: 'media'; uploadId: string }
  | { type: 'location'; latitude: number; longitude: number; label?: string }
  | { type: 'sticker'; sticker: Sticker };

export interface PostNoteBody {
  clientId: string;
  text: string;
  /** Colleagues who may read this conversation; each of them is told. */
  mentions?: Mention[];
}

export interface ReadBody {
  upTo: number;
}

/** An agent's id, `me`, or null to give the conversation back to the queue. */
export interface AssignBody {
  agentId: string | null;
  /** Beyond her capacity, or while she is away: asked for only after 409 `over_capacity`, and recorded. */
  override?: boolean;
}

export interface StartConversationBody {
  accountId: string;
  /** Any common way to write a Japanese number, or E.164. */
  phone: string;
  name?: string;
}

export interface Reachability {
  state: 'reachable' | 'unreachable' | 'unknown';
  capabilities: string[];
  checkedAt: string;
}

/** The one place that orders a list, used by the server's SQL (same rule) and by the browser. Ascending. */
export function waitingKey(row: Pick<ConversationRow, 'waitingSince' | 'lastActivityAt'>): number {
  return row.waitingSince !== null ? Date.parse(row.waitingSince) : WAITING_NOBODY - Date.parse(row.lastActivityAt);
}

/** Larger than any time in milliseconds this century, so that rows without a wait come after those with one. */
export const WAITING_NOBODY = 10_000_000_000_000;
