import type { Priority } from './queues.js';

/**
 * States of a contact. `waiting`: the last word is ours (顧客返信待ち). An open one has exactly one owner: a bot (bot), the queue
 * (queued, offered, a snoozed one without assignee) or one agent (the others).
 */
export type ContactState =
  'bot' | 'queued' | 'offered' | 'active' | 'held' | 'waiting' | 'snoozed' | 'wrapup' | 'closed' | 'abandoned';

export type CloseReason =
  'agent' | 'inactivity' | 'refused_full' | 'refused_hours' | 'closing_time' | 'abandoned' | 'blocked' | 'new_person';

export interface ContactView {
  id: string;
  state: ContactState;
  assignee: { id: string; name: string } | null;
  /** The bot that has it (自動応答中); of a closed one, the bot that had it to the end. */
  bot: { id: string; name: string } | null;
  queueId: string | null;
  priority: Priority;
  /** Whom it is offered to now; while she has not accepted, the assignee (if there is one) stays the owner. */
  offeredTo: string | null;
  enqueuedAt: string;
  acceptedAt: string | null;
  firstReplyAt: string | null;
  /** It comes back by itself at this time. */
  snoozedUntil: string | null;
  /** When wrap-up ends by itself. */
  wrapUpUntil: string | null;
  /** When the contact closes because the customer says nothing; set from the warning on. */
  closesAt: string | null;
  dispositionId: string | null;
  /** How often it went from one person or queue to another. */
  transfers: number;
  closedAt: string | null;
}

/** To a person or to a queue, never to both. The giver stays owner until a person accepts. */
export interface TransferBody {
  agentId?: string;
  queueId?: string;
  /** For whoever takes it over, 500 characters; kept as a note in the thread. */
  note?: string;
}

export interface SnoozeBody {
  /** In the future, a year at most. */
  until: string;
  /** `me` keeps it hers; `queue` gives it to whoever is free then. */
  owner: 'me' | 'queue';
}

/** Left out where the queue asks for none. */
export interface WrapUpBody {
  dispositionId?: string | null;
  /** 500 characters. */
  note?: string;
}

export interface PriorityBody {
  priority: Priority;
}

/** Longest texts and times that the bodies above take. */
export const contactLimits = {
  transferNote: 500,
  wrapUpNote: 500,
  declineNote: 200,
  snoozeDays: 365,
  transfersAlert: 3,
} as const;
