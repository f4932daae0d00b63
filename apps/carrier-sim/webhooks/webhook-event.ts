import type { BotMessageState } from '../threads/entry.js';

/** An event for a bot, kept by reference; its body is written when it is posted. */
export type WebhookEvent =
  | { kind: 'message'; entryId: string }
  | { kind: 'status'; entryId: string; status: BotMessageState; at: string; reason?: string }
  | { kind: 'typing'; msisdn: string; hidden: boolean; active: boolean; id: string; at: string }
  | { kind: 'file'; fileId: string; status: 'pending' | 'ready' | 'failed' }
  | { kind: 'alias'; msisdn: string; id: string; at: string };

export interface WebhookJob {
  id: string;
  botId: string;
  /** Jobs of one lane go one after the other; a lane is one handset with one bot. */
  lane: string;
  event: WebhookEvent;
  tries: number;
  /** So many more times after it was taken. */
  repeats: number;
}

/** Typing is worth nothing later: it is tried once and not kept. */
export const isFleeting = (job: WebhookJob): boolean => job.event.kind === 'typing';
