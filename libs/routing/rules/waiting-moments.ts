import { closesAt, isOpen, opensAt } from './business-hours.js';
import { PAUSE_AFTER_ALL_DECLINED_MS } from './declines.js';
import { stickyMoments } from './sticky.js';
import type { Queue, WaitingContact } from './waiting-contact.js';

/**
 * The next moment at which time alone may change what can be done with a waiting contact: a step of the skills, a member's
 * delay, the overflow, the end of being kept for somebody, opening and closing, a new round after everybody declined. null: none.
 * @param target whom it may overflow to
 */
export function nextMoment(
  contact: WaitingContact,
  queue: Queue,
  target: Queue | undefined,
  now: number,
): number | null {
  const after = (seconds: number): number => contact.enqueuedAt + seconds * 1000;
  const overflowAt = queue.overflow?.afterSeconds ?? null;
  const moments = [
    ...queue.skillSteps.map(({ afterSeconds }) => after(afterSeconds)),
    ...queue.members.map(({ delaySeconds }) => after(delaySeconds)),
    ...(overflowAt === null ? [] : [after(overflowAt)]),
    ...(queue.overflow?.mode === 'overlay' ? (target?.members ?? []) : []).map(({ delaySeconds }) =>
      after(delaySeconds),
    ),
    ...stickyMoments(contact, queue.sticky),
    ...(contact.declinedAt === null ? [] : [contact.declinedAt + PAUSE_AFTER_ALL_DECLINED_MS]),
    ...hourMoments(contact, queue, now),
  ];
  const coming = moments.filter((moment) => moment > now);
  return coming.length === 0 ? null : Math.min(...coming);
}

function hourMoments(contact: WaitingContact, queue: Queue, now: number): number[] {
  if (!isOpen(queue.hours, now)) return [opensAt(queue.hours, now) ?? Number.POSITIVE_INFINITY].filter(Number.isFinite);
  const closes = contact.takenInHours && queue.atClosing === 'close' ? closesAt(queue.hours, now) : null;
  return closes === null ? [] : [closes];
}
