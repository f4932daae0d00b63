import type { Candidate, LeftOut, Score, Strategy } from '#libs/contracts/index.js';
import { begunAnew } from './declines.js';
import { leftOut, membershipFor, type Scene } from './eligibility.js';
import { AgentOrders } from './agent-orders.js';
import { freeSlots, isThere, type Seat } from './seat.js';
import { needAt, stepAt } from './skill-steps.js';
import { isPreferred } from './sticky.js';
import { compareScores, scoreOf } from './strategies.js';
import { waitedSeconds, type WaitingContact } from './waiting-contact.js';

export type NamelessCandidate = Omit<Candidate, 'agent'> & { agentId: string };

export interface Match {
  contact: WaitingContact;
  agentId: string;
  name: string;
  strategy: Strategy;
  skillStep: number | null;
  /** Everybody had declined; the contact forgets it. */
  anew: boolean;
  candidates: NamelessCandidate[];
}

/** The scene needs the seats as they are while matching goes on. */
export type SceneOf = (seat: (agentId: string) => Seat | undefined) => Scene;

/**
 * Who gets what, from one look at everything that waits and everybody there is. From the agent's side: her next contact is
 * the first in her own order. From the contact's side: among those whose next it is, the strategy chooses. So neither a
 * queue's order nor an agent's ranks are broken, and a contact that nobody can have holds up nobody behind it.
 * @param limit stop after so many
 */
export function match(
  waiting: readonly WaitingContact[],
  seats: readonly Seat[],
  sceneOf: SceneOf,
  limit: number,
): Match[] {
  const places = new Map(seats.map((seat) => [seat.agentId, { ...seat }]));
  const scene = sceneOf((agentId) => places.get(agentId));
  const contacts = waiting.map((contact) => begunAnew(contact, seats, scene));
  const orders = new AgentOrders(contacts, scene);
  const free = [...places.values()].filter((seat) => isThere(seat) && freeSlots(seat) > 0);
  const matches: Match[] = [];
  while (matches.length < limit) {
    const next = orders.oldestWanted(free.filter((seat) => freeSlots(seat) > 0));
    if (!next) break;
    const { contact, takers } = next;
    const [decided, chosen] = decide(contact, takers, [...places.values()], scene);
    matches.push({ ...decided, anew: contact.declinedBy.length < declinesOf(waiting, contact.id) });
    orders.taken(contact, chosen.agentId);
    chosen.used += contact.weight;
    // Within one look everybody has the same clock; whoever was just chosen comes after those who were not.
    chosen.lastAssignedAt = scene.now + matches.length / 1000;
  }
  return matches;
}

/** Who of the takers gets it, and why not the others. */
function decide(
  contact: WaitingContact,
  takers: readonly Seat[],
  seats: readonly Seat[],
  scene: Scene,
): [Omit<Match, 'anew'>, Seat] {
  const queue = scene.queue(contact.queueId)!;
  const candidates = candidatesOf(contact, takers, seats, scene);
  const chosen = takers.find(({ agentId }) => agentId === candidates[0]!.agentId)!;
  const skillStep = stepAt(queue.skillSteps, waitedSeconds(contact, scene.now));
  return [
    { contact, agentId: chosen.agentId, name: chosen.name, strategy: queue.strategy, skillStep, candidates },
    chosen,
  ];
}

/** Those who could have it in the strategy's order, then everybody else of the queue with what keeps her. */
export function candidatesOf(
  contact: WaitingContact,
  takers: readonly Seat[],
  seats: readonly Seat[],
  scene: Scene,
): NamelessCandidate[] {
  const queue = scene.queue(contact.queueId)!;
  const need = needAt(queue.skillSteps, waitedSeconds(contact, scene.now));
  const score = (seat: Seat): Score[] =>
    scoreOf(queue.strategy, seat, need, isPreferred(contact, seat.agentId, queue.sticky, scene.now));
  const placed = takers.map((seat) => ({ seat, score: score(seat) })).sort((a, b) => compareScores(a.score, b.score));
  return [
    ...placed.map(({ seat, score: own }, index) => candidate(seat, [], index + 1, own)),
    ...othersThan(takers, contact, seats, scene).map(([seat, reasons]) => candidate(seat, reasons, null, score(seat))),
  ];
}

/** Everybody else who belongs to the queue, with what kept her; the nearest ones first. */
function othersThan(
  takers: readonly Seat[],
  contact: WaitingContact,
  seats: readonly Seat[],
  scene: Scene,
): [Seat, LeftOut[]][] {
  const taking = new Set(takers.map(({ agentId }) => agentId));
  return seats
    .filter((seat) => !taking.has(seat.agentId) && membershipFor(contact, seat.agentId, scene) !== undefined)
    .map((seat): [Seat, LeftOut[]] => {
      const reasons = leftOut(contact, seat, scene);
      return [seat, reasons.length > 0 ? reasons : [{ reason: 'higherRankWaits' }]];
    })
    .sort(([, a], [, b]) => a.length - b.length);
}

function candidate(seat: Seat, reasons: LeftOut[], place: number | null, score: Score[]): NamelessCandidate {
  const { agentId, used, capacity } = seat;
  return { agentId, leftOut: reasons, used, capacity, place, score };
}

function declinesOf(waiting: readonly WaitingContact[], id: string): number {
  return waiting.find((contact) => contact.id === id)?.declinedBy.length ?? 0;
}
