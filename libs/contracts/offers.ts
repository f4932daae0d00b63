import type { ConversationRow } from './conversations.js';
import type { Strategy } from './queues.js';

/** A contact reserved for one agent (着信), with a deadline. Times are of the server's clock. */
export interface OfferView {
  id: string;
  contactId: string;
  conversationId: string;
  queueId: string | null;
  kind: OfferKind;
  /** Whoever hands it over, with her words. */
  from: { id: string; name: string } | null;
  note: string | null;
  /** The whole row: customer, last message, how long she has waited. */
  conversation: ConversationRow;
  madeAt: string;
  deadline: string;
}

/** `queue`: the engine found her; `transfer`: a colleague hands it over. */
export type OfferKind = 'queue' | 'transfer';

export type OfferOutcome = 'accepted' | 'declined' | 'expired' | 'withdrawn';

export interface OfferEnded {
  id: string;
  conversationId: string;
  outcome: OfferOutcome;
}

export const declineReasons = ['busy', 'wrongSkill', 'knowsCustomer', 'break', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

export interface DeclineBody {
  reason: DeclineReason;
  /** 200 characters. */
  note?: string;
}

/** Why somebody was left out, for people to read; a screen words them. */
export const leftOutReasons = [
  'inactive',
  'offline',
  'grace',
  'notReady',
  'notResponding',
  'notMember',
  'mayNotReply',
  'full',
  'wrapUp',
  'skillMissing',
  'declined',
  'delay',
  'keptForLastAgent',
  'closedHours',
  'higherRankWaits',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export interface LeftOut {
  reason: LeftOutReason;
  /** Where the reason is a comparison: what was asked and what she has (a level, slots, seconds). */
  need?: number;
  has?: number;
  skillId?: string;
}

export interface Candidate {
  agent: { id: string; name: string };
  /** Empty: she could have had it. */
  leftOut: LeftOut[];
  used: number;
  capacity: number;
  /** Place in the strategy's order among those who could; null for the others. 1 = chosen, unless somebody was asked for by name. */
  place: number | null;
  /** What the strategy compared, most important first, ascending. */
  score: Score[];
}

export interface Score {
  key: 'lastAgent' | 'busy' | 'idleSince' | 'lastAssigned' | 'freeSlots' | 'load' | 'levels' | 'agentId';
  value: number;
}

/** How a contact came to somebody: the engine, her own hand, a supervisor's, a colleague's. */
export type DecisionPath = 'engine' | 'claim' | 'assignment' | 'transfer' | 'reply';

/** 割当の理由: written in the same transaction as the offer. */
export interface DecisionView {
  id: string;
  contactId: string;
  at: string;
  path: DecisionPath;
  queueId: string | null;
  strategy: Strategy | null;
  /** Which step of the skills held, counted from 0; null: none were asked. */
  skillStep: number | null;
  /** So long the customer had waited. */
  waitedSeconds: number;
  chosen: { id: string; name: string };
  /** Whoever acted, where it was not the engine. */
  by: { id: string; name: string } | null;
  /** A supervisor went beyond her capacity, knowingly. */
  override: boolean;
  offerId: string | null;
  outcome: OfferOutcome | null;
  /** Those who could, by place; then the others. 50 at most, and how many more there were. */
  candidates: Candidate[];
  more: number;
}
