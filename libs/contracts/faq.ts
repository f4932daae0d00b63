import type { TextContent } from './content.js';

/** What customers ask, in all the ways they ask it, and what is answered. */
export interface FaqEntry {
  id: string;
  version: number;
  accountId: string;
  category: string;
  language: FaqLanguage;
  /** As customers ask; the first names the entry wherever it is listed or offered. */
  phrasings: string[];
  /** How the first is read, as far as common words go: found by it, in kana and romaji. */
  reading: string;
  content: TextContent;
  state: FaqState;
  /** It answers from then on; null: at once. */
  validFrom: string | null;
  /** It answers until then; null: for good. */
  validUntil: string | null;
  /** Who proposed it, while nobody has confirmed it. */
  proposedBy: { id: string; name: string } | null;
  /** How often it was said, how often it was among what was asked back, and how often it was chosen there. */
  answered: number;
  offered: number;
  chosen: number;
  updatedAt: string;
}

export type FaqLanguage = 'ja' | 'en';

/** `proposed`: an agent wrote it, and nobody has confirmed it yet. Only what is `on` answers. */
export type FaqState = 'proposed' | 'on' | 'off';

export interface FaqBook {
  entries: FaqEntry[];
  rewordings: FaqRewordings[];
  /** Whoever asks may change it; else she may propose. */
  mayEdit: boolean;
}

export interface CreateFaqBody {
  accountId: string;
  category?: string;
  language?: FaqLanguage;
  phrasings: string[];
  content: TextContent;
  /** Left out: `on`, or `proposed` by somebody who may only propose. */
  state?: FaqState;
  validFrom?: string | null;
  validUntil?: string | null;
  /** The question that it answers: settled with it. */
  questionId?: string;
}

/** What is left out stays; an entry stays at its account. */
export interface EditFaqBody extends Partial<Omit<CreateFaqBody, 'accountId' | 'questionId'>> {
  /** As it was read: 409 when somebody else has changed it since. */
  version?: number;
}

/** 言い換え: words of one account that mean the same, besides the usual ones. */
export interface FaqRewordings {
  accountId: string;
  groups: string[][];
}

export interface TryFaqBody {
  accountId: string;
  question: string;
}

/** `answer`: said at once; `ask`: asked back; `unsure`: a person is offered; `courtesy`: a greeting or thanks. */
export type FaqVerdict = 'answer' | 'ask' | 'unsure' | 'courtesy';

export interface FaqTrial {
  verdict: FaqVerdict;
  /** What the customer would read. */
  reply: TextContent;
  /** The nearest entries, best first; those of them that would be offered are `offered`. */
  candidates: FaqCandidate[];
  /** From this likelihood on it is said, and from this one on asked back. */
  thresholds: { answer: number; ask: number };
  tookMs: number;
}

/** Why an entry was found; all from 0 to 1. */
export interface FaqCandidate {
  entryId: string;
  title: string;
  likelihood: number;
  offered: boolean;
  /** To the nearest of its phrasings. */
  likeness: number;
  /** How much of the question stands in the entry. */
  covered: number;
  /** How much of that phrasing stands in the question. */
  fulfilled: number;
}

/** Questions of one sense that the bot could not answer, with the newest first. */
export interface FaqUnanswered {
  /** The newest of them; settling it settles all that are listed. */
  id: string;
  ids: string[];
  question: string;
  /** Other ways in which it was asked. */
  also: string[];
  count: number;
  accountId: string;
  language: FaqLanguage;
  /** It asked back, and the customer chose nothing; or it had nothing at all. */
  verdict: 'ask' | 'unsure';
  /** The entry that was nearest, if there was one. */
  nearest: { entryId: string; title: string } | null;
  /** What an agent answered afterwards, if she did. */
  reply: string | null;
  conversationId: string;
  at: string;
}

export interface SettleFaqBody {
  ids: string[];
}

/** Columns of a file, in the order in which they are written. */
export const faqColumns = [
  'category',
  'language',
  'phrasings',
  'answer',
  'suggestions',
  'from',
  'until',
  'state',
] as const;

export type FaqColumn = (typeof faqColumns)[number];

/** What is wrong with one row of a file. */
export interface FaqRowFault {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number;
  column: FaqColumn | null;
  rule: string;
  message: string;
  limit?: number;
  actual?: number;
  unit?: string;
}

/** What an import did, or would do. */
export interface FaqImport {
  rows: number;
  created: number;
  updated: number;
  /** Rows left out for their faults. */
  skipped: number;
  faults: FaqRowFault[];
}

export const faqLimits = {
  category: 60,
  phrasing: 120,
  phrasings: 20,
  question: 500,
  /** Of one account. */
  entries: 5000,
  importRows: 5000,
  rewordings: 500,
  rewordingWords: 20,
  rewordingWord: 40,
} as const;
