import type { BotStep } from './bots.js';
import type { HandOffReason } from './hand-offs.js';

/**
 * A replay (ボットの試験再生): a bot is asked again what customers asked before. Nothing is sent, nothing is written into
 * a thread.
 */
export interface ReplayView {
  id: string;
  bot: ReplaySide;
  /** What it is compared with. */
  against: ReplaySide | null;
  account: { id: string; name: string };
  since: string;
  until: string;
  state: ReplayState;
  /** Contacts that are to be played, and how many have been. */
  contacts: number;
  done: number;
  results: ReplayCounts;
  otherResults: ReplayCounts | null;
  differences: number;
  by: string | null;
  createdAt: string;
  endedAt: string | null;
}

export interface ReplaySide {
  botId: string;
  name: string;
  /** Of a guided flow: which one. */
  version: number | null;
}

export const replayStates = ['waiting', 'running', 'done', 'stopped'] as const;
export type ReplayState = (typeof replayStates)[number];

export const replayOutcomes = ['answered', 'handedOff', 'passed', 'failed'] as const;
export type ReplayOutcome = (typeof replayOutcomes)[number];

export type ReplayCounts = Record<ReplayOutcome, number>;

export interface ReplayTurnView {
  place: number;
  conversationId: string;
  contactId: string;
  /** Which turn of the contact, from 1. */
  number: number;
  fromSeq: number;
  /** What the customer said, as a reader of the thread sees it. */
  said: string[];
  result: ReplayResult | null;
  other: ReplayResult | null;
  differs: boolean;
}

export interface ReplayResult {
  outcome: ReplayOutcome;
  steps: BotStep[];
  reason: HandOffReason | null;
  /** Why it failed, for whoever mends the bot. */
  fault: string | null;
  tookMs: number;
}

export interface ReplayTurnPage {
  turns: ReplayTurnView[];
  /** Hand it to `?after=`; null: these were the last. */
  next: number | null;
}

export interface StartReplayBody {
  accountId: string;
  /** Contacts that began then; ISO 8601. */
  since: string;
  until: string;
  /** The latest so many of them. */
  contacts: number;
  /** Of a guided flow; left out: the latest. */
  version?: number;
  against?: { botId: string; version?: number };
}

export const replayLimits = {
  contacts: 500,
  /** Days from `since` to `until`. */
  days: 92,
  /** At a time, of the whole installation. */
  running: 5,
  page: 50,
} as const;
