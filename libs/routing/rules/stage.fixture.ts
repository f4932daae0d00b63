import type { QueueRules } from '#libs/contracts/index.js';
import { usualRules } from '../usual-rules.js';
import type { Scene } from './eligibility.js';
import type { SceneOf } from './matching.js';
import { freeSlots, isThere, type Seat } from './seat.js';
import { effectiveAt, type Queue, type WaitingContact } from './waiting-contact.js';

/** 2026-11-24, a Tuesday, 10:00 in Tokyo. */
export const NOW = Date.parse('2026-11-24T01:00:00Z');

export function queue(id: string, rules: Partial<QueueRules> = {}): Queue {
  return { ...usualRules, name: `queue ${id}`, ...rules, id, version: 1 };
}

export function seat(agentId: string, of: Partial<Seat> = {}): Seat {
  return {
    agentId,
    name: `agent ${agentId}`,
    active: true,
    connection: 'connected',
    routing: 'ready',
    reason: null,
    notResponding: false,
    capacity: 3,
    used: 0,
    wrapUp: 0,
    skills: new Map(),
    repliesIn: new Set(['1']),
    lastAssignedAt: null,
    lastContactEndedAt: null,
    ...of,
  };
}

export function contact(
  id: string,
  queueId: string,
  of: Partial<WaitingContact> & { waited?: number } = {},
): WaitingContact {
  const { waited = 10, ...given } = of;
  const enqueuedAt = given.enqueuedAt ?? NOW - waited * 1000;
  const priority = given.priority ?? 'normal';
  return {
    id,
    conversationId: `c${id}`,
    accountId: '1',
    queueId,
    enqueuedAt,
    effectiveAt: effectiveAt(enqueuedAt, priority, usualRules.boosts),
    priority,
    weight: 1,
    preferred: null,
    declinedBy: [],
    declinedAt: null,
    takenInHours: true,
    askedSkills: [],
    ...given,
  };
}

export function stage(
  queues: readonly Queue[],
  seats: readonly Seat[],
  waiting: readonly WaitingContact[],
  now = NOW,
): SceneOf {
  return (live) => ({
    now,
    queue: (id) => queues.find((each) => each.id === id),
    membership: (queueId, agentId) =>
      queues.find((each) => each.id === queueId)?.members.find((member) => member.agentId === agentId),
    pressure: (queueId) => ({
      length: waiting.filter((each) => each.queueId === queueId).length,
      staffed: seats.some(
        (each) =>
          isThere(each) &&
          queues.find(({ id }) => id === queueId)?.members.some(({ agentId }) => agentId === each.agentId),
      ),
    }),
    seat: live,
  });
}

export function sceneOf(
  queues: readonly Queue[],
  seats: readonly Seat[],
  waiting: readonly WaitingContact[],
  now = NOW,
): Scene {
  return stage(queues, seats, waiting, now)((agentId) => seats.find((each) => each.agentId === agentId));
}

export function members(...agentIds: string[]): QueueRules['members'] {
  return agentIds.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 }));
}

export function hasRoom(each: Seat): boolean {
  return freeSlots(each) > 0;
}
