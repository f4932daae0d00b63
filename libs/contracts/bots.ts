import type { Suggestion } from './content.js';
import type { HandOffReason } from './hand-offs.js';

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
  /** Recorded words, asked again: nothing of the answer is sent, and nothing should be done because of it. */
  rehearsal?: true;
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
  /** A bot's contact in which nothing was said for so long is over. */
  quietHours: 24,
} as const;

export const botKinds = ['module', 'http', 'flow', 'faq', 'openai'] as const;
/** What answers behind its name: a module of the console, a program over HTTP, data. */
export type BotKind = (typeof botKinds)[number];

export interface BotView {
  id: string;
  /** Names it for ever; a module's own, made by the console for the others. */
  key: string;
  kind: BotKind;
  /** As customers' and agents' screens show it. */
  name: string;
  enabled: boolean;
  /** False: nothing in this console can answer for it, e.g. its module is no longer listed. It is passed over. */
  available: boolean;
  settings: Record<string, unknown>;
  /** A secret is kept; it is never shown again. */
  hasSecret: boolean;
  /** Where it stands in the order of an account. */
  accountIds: string[];
  /** After faults in a row nothing is asked of it until then; null: it is asked. As this node knows. */
  restsUntil: string | null;
  /** The last 24 hours. */
  numbers: BotNumbers;
  createdAt: string;
}

export interface BotNumbers {
  turns: number;
  answered: number;
  passed: number;
  handedOff: number;
  /** Threw, was late, or gave what is no answer. */
  failed: number;
  /** Half of the answers took no longer; null: there were none. */
  medianMs: number | null;
}

/** A bot by its name, for whoever has a conversation of an account where it answers. */
export interface BotSummary {
  id: string;
  name: string;
  /** It can be asked for ideas. */
  ideas: boolean;
}

export interface CreateBotBody {
  /** Modules are listed in the console's code and made by nobody. */
  kind: Exclude<BotKind, 'module'>;
  name: string;
  /** By its kind. */
  settings?: Record<string, unknown>;
  /** Where its kind takes one, e.g. the key of an endpoint. */
  secret?: string;
}

/** What is left out stays. */
export interface EditBotBody {
  name?: string;
  enabled?: boolean;
  settings?: Record<string, unknown>;
  /** null: it has none any more. */
  secret?: string | null;
}

/** With the secret that the console made for it: shown this once. */
export interface MadeBot {
  bot: BotView;
  secret: string | null;
}

/** Who answers at an account before people do, and how it ends. */
export interface AccountBots {
  accountId: string;
  /** In their order: behind the last one stands a person. Empty: people only. */
  botIds: string[];
  /** Words that lead to a person wherever they are the whole message, besides the usual ones. */
  words: string[];
  /** Said with a hand-off where the queue says nothing itself; null: the usual one. */
  handOffText: string | null;
}

/** What is left out stays. */
export type AccountBotsBody = Partial<Omit<AccountBots, 'accountId'>>;

/**
 * How a turn ended. `answered`: it said something and goes on. `rejected`: somebody else had the contact by then, nothing
 * was said. `resting`, `words`, `loop`: the bot was not asked.
 */
export type BotTurnOutcome =
  'answered' | 'handedOff' | 'passed' | 'failed' | 'late' | 'invalid' | 'rejected' | 'resting' | 'words' | 'loop';

/** A turn as it was; without what was said, which stands in the thread. */
export interface BotTurnView {
  id: string;
  botId: string;
  conversationId: string;
  contactId: string;
  number: number;
  /** Places of the customer's words that it was about. */
  fromSeq: number;
  toSeq: number;
  /** null: under way. */
  outcome: BotTurnOutcome | null;
  /** What went wrong, for whoever mends the bot. */
  fault: string | null;
  remarks: Record<string, unknown> | null;
  startedAt: string;
  tookMs: number | null;
}

export interface BotTurnPage {
  turns: BotTurnView[];
  /** Hand it to `?before=`; null: there are no older ones. */
  next: string | null;
}

/** What came with a contact from a bot to people. */
export interface HandOffView {
  id: string;
  contactId: string;
  bot: { id: string; name: string };
  reason: HandOffReason;
  summary: string | null;
  fields: HandOffField[];
  queueId: string | null;
  skillIds: string[];
  at: string;
}

/** ボットの回答候補: who offers it, and what. */
export interface BotIdeaView extends BotIdea {
  bot: { id: string; name: string };
}

/** Without `botId` to the first of the account. What the wrap-up asks for comes along. */
export interface ReturnToBotBody {
  botId?: string;
  dispositionId?: string | null;
  note?: string;
}

/** Contacts that began with a bot, and how many of them ended without a person. */
export interface BotContainment {
  from: string;
  to: string;
  contacts: number;
  contained: number;
  handedOff: number;
  /** Taken over by a person without a hand-off. */
  takenOver: number;
}

export const botAdminLimits = {
  name: 40,
  key: 40,
  secret: 500,
  perAccount: 10,
  words: 50,
  word: 30,
  handOffText: 500,
  settingsBytes: 65_536,
} as const;

/** With it a bot over HTTP brings its answers to `POST /api/bots/turns/:turnId/answer`, and does nothing else. Shown this once. */
export interface BotToken {
  token: string;
  createdAt: string;
}
