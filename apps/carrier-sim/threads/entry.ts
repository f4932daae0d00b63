import type { Content, Suggestion } from './content.js';

/** How far a bot's message has come. It only ever climbs; `failed` and `cancelled` end it before delivery. */
export type BotMessageState = 'pending' | 'sent' | 'delivered' | 'displayed' | 'failed' | 'cancelled';

/**
 * How far a customer's own message has come: `waiting` on a phone without signal, `sent` to the carrier, `delivered`
 * when the bot's webhook answered 2xx, `read` when the bot said so.
 */
export type CustomerMessageState = 'waiting' | 'sent' | 'delivered' | 'read';

interface Common {
  id: string;
  /** Counts every message of this simulator; the ledger is read by it. */
  seq: number;
  botId: string;
  msisdn: string;
  at: string;
  content: Content;
  /** Place on the phone; null while (or because) the phone does not show it. */
  place: number | null;
}

export interface BotEntry extends Common {
  from: 'bot';
  state: BotMessageState;
  states: { state: BotMessageState; at: string }[];
  suggestions: Suggestion[];
  /** The request body as it came. */
  body: unknown;
  /** Addressed by `chatId`, so reports carry that too. */
  hidden: boolean;
  /** The owner has had it on screen; reported as `displayed` only when receipts are on. */
  seen: boolean;
  /** The customer had blocked the account when it was sent: it never arrives. */
  dropped: boolean;
  expiresAt: string | null;
}

export interface CustomerEntry extends Common {
  from: 'customer';
  state: CustomerMessageState;
  /** The number was hidden when this was written. */
  hidden: boolean;
  /** When the bot's webhook first answered 2xx; null while it has not. */
  toldAt: string | null;
  tries: number;
  lastAnswer: string | null;
  /** The bot said `displayed`, whether or not this phone shows it. */
  readAt: string | null;
}

export type Entry = BotEntry | CustomerEntry;

const botRank: Record<BotMessageState, number> = {
  pending: 0,
  sent: 1,
  failed: 2,
  cancelled: 2,
  delivered: 3,
  displayed: 4,
};

const customerRank: Record<CustomerMessageState, number> = { waiting: 0, sent: 1, delivered: 2, read: 3 };

/** Moves a bot's message up; false when it already was there or beyond. */
export function climb(entry: BotEntry, state: BotMessageState, at: string): boolean {
  if (botRank[state] <= botRank[entry.state]) return false;
  entry.state = state;
  entry.states.push({ state, at });
  return true;
}

export function climbOwn(entry: CustomerEntry, state: CustomerMessageState): boolean {
  if (customerRank[state] <= customerRank[entry.state]) return false;
  entry.state = state;
  return true;
}
