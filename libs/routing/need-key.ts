import { stickyMoments } from './rules/sticky.js';
import { waitedSeconds, type Queue, type WaitingContact } from './rules/waiting-contact.js';

/**
 * Contacts of a queue with the same key ask the same of everybody, so that only the first few of each need to be looked at:
 * the same account and skills, as many steps of waiting behind them, taken in the same hours. Who is kept for somebody or was declined
 * by somebody has a key of its own.
 */
export function needKey(contact: WaitingContact, queue: Queue, target: Queue | undefined, now: number): string {
  const waited = waitedSeconds(contact, now);
  const thresholds = [
    ...queue.skillSteps.map(({ afterSeconds }) => afterSeconds),
    ...queue.members.map(({ delaySeconds }) => delaySeconds),
    ...(target?.members.map(({ delaySeconds }) => delaySeconds) ?? []),
    ...(queue.overflow?.afterSeconds == null ? [] : [queue.overflow.afterSeconds]),
  ];
  const level = new Set(thresholds.filter((after) => after <= waited)).size;
  const kept = stickyMoments(contact, queue.sticky).some((moment) => moment > now);
  return [
    contact.accountId,
    level,
    contact.takenInHours ? 'in' : 'out',
    ...(kept ? [`for${contact.preferred!.agentId}`] : []),
    ...(contact.declinedBy.length > 0 ? [`not${contact.id}`] : []),
    ...(contact.askedSkills.length > 0 ? [`has${contact.askedSkills.join(',')}`] : []),
    ...(contact.weight > 1 ? [`x${contact.weight}`] : []),
  ].join(' ');
}
