import { membershipFor, type Scene } from './eligibility.js';
import { isPreferred } from './sticky.js';
import { waitedSeconds, type WaitingContact } from './waiting-contact.js';

/** Where a contact stands in one agent's order; ascending. */
export interface Standing {
  /** 0: hers by relation, or so old that rank no longer counts. */
  tier: number;
  rank: number;
  effectiveAt: number;
  id: string;
}

/**
 * Which contact an agent gets next: one that prefers her, then by the rank that its queue has with her, then by effective
 * time. Rank and relation are strict and could starve a queue, so whoever waited longer than the guard stands beside the
 * preferred ones, where time decides.
 */
export function standingOf(contact: WaitingContact, agentId: string, scene: Scene): Standing {
  const queue = scene.queue(contact.queueId);
  const guarded = waitedSeconds(contact, scene.now) > (queue?.guardSeconds ?? 0);
  const first = guarded || isPreferred(contact, agentId, queue?.sticky ?? null, scene.now);
  return {
    tier: first ? 0 : 1,
    rank: first ? 1 : (membershipFor(contact, agentId, scene)?.rank ?? Number.MAX_SAFE_INTEGER),
    effectiveAt: contact.effectiveAt,
    id: contact.id,
  };
}

export function compareStandings(a: Standing, b: Standing): number {
  return a.tier - b.tier || a.rank - b.rank || a.effectiveAt - b.effectiveAt || compareIds(a.id, b.id);
}

/** Ids are decimal strings; they may be longer than a number can be. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
