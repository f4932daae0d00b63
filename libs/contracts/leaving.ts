import type { ErrorCode } from './errors.js';

/**
 * What somebody who goes away does with the contacts in her hand, instead of keeping them: back to the queue, or to a
 * colleague, who is asked for each and whose free slots are the limit.
 */
export type ReleaseBody = { to: 'queue' } | { to: 'agent'; agentId: string };

/** Conversations, each in one of the three. */
export interface ReleaseResult {
  returned: string[];
  /** The colleague is being asked; they stay hers until she accepts. */
  asked: string[];
  kept: { conversationId: string; code: ErrorCode }[];
}
