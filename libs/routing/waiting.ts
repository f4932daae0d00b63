import type { WaitingRow } from '#libs/conversations/index.js';
import type { QueueBook } from './queue-book.js';
import type { Scene } from './rules/eligibility.js';
import type { SceneOf } from './rules/matching.js';
import { isThere, type Seat } from './rules/seat.js';
import type { WaitingContact } from './rules/waiting-contact.js';

export function toWaiting(row: WaitingRow): WaitingContact {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    accountId: row.account_id,
    queueId: row.queue_id,
    enqueuedAt: row.enqueued_at.getTime(),
    effectiveAt: row.effective_at.getTime(),
    priority: row.priority,
    weight: row.weight,
    preferred:
      row.preferred_agent_id === null || row.preferred_since === null
        ? null
        : { agentId: row.preferred_agent_id, since: row.preferred_since.getTime() },
    declinedBy: row.declined_by,
    declinedAt: row.declined_at?.getTime() ?? null,
    takenInHours: row.taken_in_hours,
    askedSkills: row.asked_skills,
  };
}

/** One moment: rules from the book, people as they were read, lengths where a rule asks for them. */
export function sceneFrom(
  book: QueueBook,
  seats: readonly Seat[],
  lengths: ReadonlyMap<string, number>,
  now: number,
): SceneOf {
  const staffed = new Map<string, boolean>();
  const isStaffed = (queueId: string): boolean => {
    const known = staffed.get(queueId);
    if (known !== undefined) return known;
    const some = seats.some((seat) => isThere(seat) && book.membership(queueId, seat.agentId) !== undefined);
    staffed.set(queueId, some);
    return some;
  };
  return (seat): Scene => ({
    now,
    queue: (id) => book.queue(id),
    membership: (queueId, agentId) => book.membership(queueId, agentId),
    pressure: (queueId) => ({ length: lengths.get(queueId) ?? 0, staffed: isStaffed(queueId) }),
    seat,
  });
}

export function sceneOfSeats(
  book: QueueBook,
  seats: readonly Seat[],
  lengths: ReadonlyMap<string, number>,
  now: number,
): Scene {
  const byId = new Map(seats.map((seat) => [seat.agentId, seat]));
  return sceneFrom(book, seats, lengths, now)((agentId) => byId.get(agentId));
}

/** So far does the length of each queue matter to its rules; queues that do not ask are not counted. */
export function lengthLimits(book: QueueBook, queueIds: readonly string[]): { ids: string[]; limit: number } {
  const asked = queueIds.flatMap((id) => {
    const longerThan = book.queue(id)?.overflow?.longerThan;
    return longerThan === undefined || longerThan === null ? [] : [{ id, limit: longerThan + 1 }];
  });
  return { ids: asked.map(({ id }) => id), limit: Math.max(1, ...asked.map(({ limit }) => limit)) };
}
