import { cannot, type Scene } from './eligibility.js';
import { isThere, type Seat } from './seat.js';
import type { WaitingContact } from './waiting-contact.js';

/** Everybody said no: so long nobody is asked again, or decliners would be asked at the speed of the processor. */
export const PAUSE_AFTER_ALL_DECLINED_MS = 15_000;

/** All who are there and could have it have declined: after a pause it begins anew. */
export function begunAnew(contact: WaitingContact, seats: readonly Seat[], scene: Scene): WaitingContact {
  if (contact.declinedBy.length === 0 || contact.declinedAt === null) return contact;
  if (scene.now < contact.declinedAt + PAUSE_AFTER_ALL_DECLINED_MS) return contact;
  const left = seats.some(
    (seat) => isThere(seat) && !contact.declinedBy.includes(seat.agentId) && cannot(contact, seat, scene).length === 0,
  );
  return left ? contact : { ...contact, declinedBy: [] };
}
