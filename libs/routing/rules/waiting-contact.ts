import type { Priority, QueueRules } from '#libs/contracts/index.js';

/** A contact that waits, as the rules look at it. Times are milliseconds. */
export interface WaitingContact {
  id: string;
  conversationId: string;
  accountId: string;
  queueId: string;
  /** First enqueuing: kept by returns and transfers. */
  enqueuedAt: number;
  effectiveAt: number;
  priority: Priority;
  weight: number;
  preferred: { agentId: string; since: number } | null;
  declinedBy: readonly string[];
  declinedAt: number | null;
  /** It came while its queue was open. */
  takenInHours: boolean;
  /** Whoever takes it must have these, at any level. */
  askedSkills: readonly string[];
}

export interface Queue extends QueueRules {
  id: string;
  version: number;
}

export function waitedSeconds(contact: Pick<WaitingContact, 'enqueuedAt'>, now: number): number {
  return (now - contact.enqueuedAt) / 1000;
}

/**
 * What waits is ordered by this one time: a priority is a head start in seconds. Whoever has waited longer by the head start
 * is ahead all the same, so that nothing starves and nothing has to be rewritten as time passes.
 */
export function effectiveAt(enqueuedAt: number, priority: Priority, boosts: QueueRules['boosts']): number {
  return enqueuedAt - boosts[priority] * 1000;
}
