import type { StickyRule } from '#libs/contracts/index.js';
import { freeSlots, isThere, type Seat } from './seat.js';
import type { WaitingContact } from './waiting-contact.js';

/** What holds for somebody who is preferred although the queue has no rule: she put the contact aside for a while. */
const usual: StickyRule = { days: 1, waitFullSeconds: 20, waitAbsentSeconds: 0 };

/** She comes first for this contact, and the contact for her. */
export function isPreferred(contact: WaitingContact, agentId: string, rule: StickyRule | null, now: number): boolean {
  if (contact.preferred?.agentId !== agentId) return false;
  const { waitFullSeconds, waitAbsentSeconds } = rule ?? usual;
  const window = Math.max(waitFullSeconds, waitAbsentSeconds, 1) * 1000;
  return now < contact.preferred.since + window;
}

/**
 * Whether the contact is kept back for its last agent: she could have it but for a free slot, or but for not being
 * there. Whoever cannot have it at all is not waited for.
 * @param able nothing else keeps her from it: member, rights, skills
 */
export function isKept(
  contact: WaitingContact,
  preferred: Seat | undefined,
  able: boolean,
  rule: StickyRule | null,
  now: number,
): boolean {
  if (contact.preferred === null || preferred === undefined || !able) return false;
  const { waitFullSeconds, waitAbsentSeconds } = rule ?? usual;
  const waits = isThere(preferred)
    ? freeSlots(preferred) >= contact.weight
      ? Math.max(waitFullSeconds, waitAbsentSeconds, 1)
      : waitFullSeconds
    : waitAbsentSeconds;
  return now < contact.preferred.since + waits * 1000;
}

/** Moments at which a kept contact may become free for everybody. */
export function stickyMoments(contact: WaitingContact, rule: StickyRule | null): number[] {
  if (contact.preferred === null) return [];
  const { since } = contact.preferred;
  const { waitFullSeconds, waitAbsentSeconds } = rule ?? usual;
  return [
    since + waitAbsentSeconds * 1000,
    since + Math.max(waitFullSeconds, waitAbsentSeconds, 1) * 1000,
    since + waitFullSeconds * 1000,
  ];
}
