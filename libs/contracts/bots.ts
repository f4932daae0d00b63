import type { Suggestion } from './content.js';

/**
 * What a bot is asked and what it may answer: plain data, the same for a module inside the console and for a program at
 * the other end of an HTTP call. All ids are decimal strings; all times are ISO 8601 in UTC with milliseconds.
 */
export interface BotTurn {
  /** The same when a turn is tried again: whoever keeps a ledger of its own goes by this. */
  id: string;
  bot: { id: string; name: string };
  account: { id: string; name: string };
  conversationId: string;
  contactId: string;
  /** Rises whenever the contact changes hands; an answer to an older one is refused. */
  ownership: number;
  /** Which turn of this contact it is, from 1. */
  number: number;
  /** What the customer writes in. */
  language: 'ja' | 'en';
  customer: BotCustomer;
  /** What she has said since the last turn, oldest first; never empty. */
  said: BotWords[];
  /** The thread before that, oldest first; 50 lines at most, and nothing of it that only staff may read. */
  thread: BotLine[];
  /** What the bot asked to keep for this contact; null at first. */
  state: unknown;
  /** An answer that comes later than this is too late: a person takes over. */
  deadline: string;
}

/** No phone number: what a bot has not been told it cannot tell. */
export interface BotCustomer {
  id: string;
  name: string | null;
  /** The account's own fields by their key. */
  attributes: Record<string, string>;
}

export type BotWords =
  | { seq: number; type: 'text'; text: string }
  /** A chip, a button, or an entry of the menu; `of` is the place of the message that offered it, where that is known. */
  | { seq: number; type: 'press'; label: string; payload: string; of: number | null }
  | { seq: number; type: 'location'; latitude: number; longitude: number }
  /** A picture, a file, a sticker: it came, and what kind it is. */
  | { seq: number; type: 'other'; what: string };

export interface BotLine {
  seq: number;
  from: 'customer' | 'bot' | 'agent';
  /** Text, or what stood on the chip; empty for what has no words. */
  text: string;
  at: string;
}

/** What a bot makes of a turn: its steps in order. No step at all leaves the customer to a person. */
export interface BotAnswer {
  steps: BotStep[];
  /** Kept for this contact and handed over with the next turn; 16 KB of JSON at most. Left out: as it was. */
  state?: unknown;
  /** For the bot's own pages and the record of the turn; never shown to the customer. 8 KB of JSON at most. */
  remarks?: Record<string, unknown>;
}

export type BotStep =
  | { do: 'say'; text: string; suggestions?: Suggestion[] }
  /** Says something and waits for one of the choices, or for free words. */
  | { do: 'ask'; text: string; suggestions: Suggestion[] }
  /** To a person. The last step; what comes behind it is refused. */
  | ({ do: 'handOff' } & HandOff)
  /** Nothing to say to this: the next bot of the account, and behind the last one a person. */
  | { do: 'pass' };

export interface HandOff {
  reason: HandOffReason;
  /** For the agent: what the customer wants, in a line or two; 500 characters. */
  summary?: string;
  /** What was asked of the customer already, in order; 20 at most. */
  fields?: HandOffField[];
  /** Where it goes; left out: where the account's contacts begin. */
  queueId?: string;
  /** Skills that whoever takes it must have, by id. */
  skillIds?: string[];
}

export interface HandOffField {
  label: string;
  value: string;
}

/** `failed`, `late`, `loop` and `words` are said by the console itself. */
export type HandOffReason = 'asked' | 'unsure' | 'done' | 'rule' | 'failed' | 'late' | 'loop' | 'words';

/** An answer that an agent may put into her composer; never sent by itself. */
export interface BotIdea {
  text: string;
  suggestions?: Suggestion[];
  /** What it rests on, e.g. the title of an entry. */
  source?: string;
}

export const botLimits = {
  steps: 5,
  stateBytes: 16_384,
  remarksBytes: 8192,
  summary: 500,
  fields: 20,
  fieldLabel: 40,
  fieldValue: 500,
  threadLines: 50,
  /** Turns of one contact; then a person takes over. */
  turns: 30,
  /** A first answer should be there by then; the typing sign has been seen by the customer meanwhile. */
  softMs: 3000,
  /** Later than this it is too late. */
  hardMs: 10_000,
  ideas: 3,
} as const;
