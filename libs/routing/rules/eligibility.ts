import type { LeftOut } from '#libs/contracts/index.js';
import { isOpen } from './business-hours.js';
import { overflows, type Pressure } from './overflow.js';
import { freeSlots, type Seat } from './seat.js';
import { gaps, needAt } from './skill-steps.js';
import { isKept } from './sticky.js';
import { waitedSeconds, type Queue, type WaitingContact } from './waiting-contact.js';

/** All queues, and how each of them is doing at this moment. */
export interface Scene {
  now: number;
  queue(id: string): Queue | undefined;
  membership(queueId: string, agentId: string): { rank: number; delaySeconds: number } | undefined;
  pressure(queueId: string): Pressure;
  seat(agentId: string): Seat | undefined;
}

/** As a member of its queue, or of the one that helps out while its queue overflows. */
export function membershipFor(
  contact: WaitingContact,
  agentId: string,
  scene: Scene,
): { rank: number; delaySeconds: number } | undefined {
  const own = scene.membership(contact.queueId, agentId);
  if (own) return own;
  const rule = scene.queue(contact.queueId)?.overflow ?? null;
  if (rule?.mode !== 'overlay') return undefined;
  if (!overflows(rule, waitedSeconds(contact, scene.now), scene.pressure(contact.queueId))) return undefined;
  return scene.membership(rule.queueId, agentId);
}

/** What keeps her from it whatever the hour and however full she is; nothing of it passes while the customer waits a little. */
export function cannot(contact: WaitingContact, seat: Seat, scene: Scene): LeftOut[] {
  const queue = scene.queue(contact.queueId);
  const reasons: LeftOut[] = [];
  if (!seat.active) reasons.push({ reason: 'inactive' });
  const membership = membershipFor(contact, seat.agentId, scene);
  if (!membership) reasons.push({ reason: 'notMember' });
  if (!seat.repliesIn.has(contact.accountId)) reasons.push({ reason: 'mayNotReply' });
  const waited = waitedSeconds(contact, scene.now);
  if (membership && membership.delaySeconds > waited)
    reasons.push({ reason: 'delay', need: membership.delaySeconds, has: Math.floor(waited) });
  const asked = contact.askedSkills.map((skillId) => ({ skillId, level: 1 }));
  for (const gap of gaps([...needAt(queue?.skillSteps ?? [], waited), ...asked], seat.skills))
    reasons.push({ reason: 'skillMissing', ...gap });
  return reasons;
}

/** Every reason why she does not get it now; none: she may. The one rule, asked when planning and again under her lock. */
export function leftOut(contact: WaitingContact, seat: Seat, scene: Scene): LeftOut[] {
  const queue = scene.queue(contact.queueId);
  const reasons = cannot(contact, seat, scene);
  if (seat.connection === 'disconnected') reasons.push({ reason: 'offline' });
  if (seat.connection === 'grace') reasons.push({ reason: 'grace' });
  if (seat.routing === 'not_ready') reasons.push({ reason: 'notReady' });
  if (seat.notResponding) reasons.push({ reason: 'notResponding' });
  if (freeSlots(seat) < contact.weight) reasons.push({ reason: 'full', need: contact.weight, has: freeSlots(seat) });
  if (seat.wrapUp > 0 && queue?.wrapUpOverlap === false) reasons.push({ reason: 'wrapUp' });
  if (contact.declinedBy.includes(seat.agentId)) reasons.push({ reason: 'declined' });
  if (!isServed(contact, scene)) reasons.push({ reason: 'closedHours' });
  if (seat.agentId !== contact.preferred?.agentId && isKeptBack(contact, scene))
    reasons.push({ reason: 'keptForLastAgent' });
  return reasons;
}

/** Its queue works now, or took it while it did and goes on serving. */
export function isServed(contact: WaitingContact, scene: Scene): boolean {
  const queue = scene.queue(contact.queueId);
  if (!queue?.active) return false;
  return isOpen(queue.hours, scene.now) || (contact.takenInHours && queue.atClosing === 'serve');
}

function isKeptBack(contact: WaitingContact, scene: Scene): boolean {
  if (contact.preferred === null) return false;
  const preferred = scene.seat(contact.preferred.agentId);
  const able =
    preferred !== undefined &&
    cannot(contact, preferred, scene).length === 0 &&
    !contact.declinedBy.includes(preferred.agentId);
  return isKept(contact, preferred, able, scene.queue(contact.queueId)?.sticky ?? null, scene.now);
}
