import type { Candidate, LeftOut, Score, Strategy } from '#libs/contracts/index.js';
import { begunAnew } from './declines.js';
import { leftOut, membershipFor, type Scene } from './eligibility.js';
import { compareStandings, standingOf } from './next-contact.js';
import { freeSlots, isThere, type Seat } from './seat.js';
import { needAt, stepAt } from './skill-steps.js';
import { isPreferred } from './sticky.js';
import { compareScores, scoreOf } from './strategies.js';
import { waitedSeconds, type WaitingContact } from './waiting-contact.js';

export interface Match {
  contact: WaitingContact;
  agentId: string;
  strategy: Strategy;
  skillStep: number | null;
  /** Everybody had declined; the contact forgets it. */
  anew: boolean;
  candidates: Omit<Candidate, 'agent'>[];
}

export type NamelessCandidate = Match['candidates'][number] & { agentId: string };

/**
 * Who gets what, from one look at everything that waits and everybody there is. From the agent's side: her next contact is
 * the first in her own order. From the contact's side: among those whose next it is, the strategy chooses. So neither a
 * queue's order nor an agent's ranks are broken, and a contact that nobody can have holds up nobody behind it.
 * @param limit stop after so many
 */
export function match(waiting: readonly WaitingContact[], seats: readonly Seat[], scene: SceneOf, limit: number): Match[] {
  const places = new Map(seats.map((seat) => [seat.agentId, { ...seat }]));
  const here = scene((agentId) => places.get(agentId));
  const contacts = new Map(waiting.map((contact) => [contact.id, begunAnew(contact, seats, here)]));
  const before = new Map(waiting.map((contact) => [contact.id, contact]));
  const matches: Match[] = [];
  let sequence = 0;
  while (matches.length < limit) {
    const next = nextPair([...contacts.values()], [...places.values()], here);
    if (!next) break;
    const { contact, takers } = next;
    const queue = here.queue(contact.queueId)!;
    const waited = waitedSeconds(contact, here.now);
    const need = needAt(queue.skillSteps, waited);
    const score = (seat: Seat): Score[] =>
      scoreOf(queue.strategy, seat, need, isPreferred(contact, seat.agentId, queue.sticky, here.now));
    const placed = takers
      .map((seat) => ({ seat, score: score(seat) }))
      .sort((a, b) => compareScores(a.score, b.score));
    const chosen = placed[0]!.seat;
    matches.push({
      contact,
      agentId: chosen.agentId,
      strategy: queue.strategy,
      skillStep: stepAt(queue.skillSteps, waited),
      anew: contact.declinedBy.length < before.get(contact.id)!.declinedBy.length,
      candidates: candidatesOf(contact, [...places.values()], placed, score, here),
    });
    contacts.delete(contact.id);
    chosen.used += contact.weight;
    // Within one look everybody has the same clock; whoever was just chosen comes after those who were not.
    chosen.lastAssignedAt = here.now + ++sequence / 1000;
  }
  return matches;
}

/** The scene needs the seats as they are while matching goes on. */
export type SceneOf = (seat: (agentId: string) => Seat | undefined) => Scene;

function nextPair(
  contacts: readonly WaitingContact[],
  seats: readonly Seat[],
  scene: Scene,
): { contact: WaitingContact; takers: Seat[] } | null {
  const takers = new Map<WaitingContact, Seat[]>();
  for (const seat of seats) {
    if (!isThere(seat) || freeSlots(seat) === 0) continue;
    const best = bestFor(seat, contacts, scene);
    if (!best) continue;
    const others = takers.get(best);
    if (others) others.push(seat);
    else takers.set(best, [seat]);
  }
  let first: WaitingContact | null = null;
  for (const contact of takers.keys()) if (first === null || compareAge(contact, first) < 0) first = contact;
  return first && { contact: first, takers: takers.get(first)! };
}

function bestFor(seat: Seat, contacts: readonly WaitingContact[], scene: Scene): WaitingContact | null {
  let best: WaitingContact | null = null;
  let place = null as ReturnType<typeof standingOf> | null;
  for (const contact of contacts) {
    const standing = standingOf(contact, seat.agentId, scene);
    if (place !== null && compareStandings(standing, place) >= 0) continue;
    if (leftOut(contact, seat, scene).length > 0) continue;
    best = contact;
    place = standing;
  }
  return best;
}

function compareAge(a: WaitingContact, b: WaitingContact): number {
  return compareStandings(
    { tier: 0, rank: 0, effectiveAt: a.effectiveAt, id: a.id },
    { tier: 0, rank: 0, effectiveAt: b.effectiveAt, id: b.id },
  );
}

/** Those who could, in the strategy's order, then everybody else who belongs to the queue, with what kept her. */
export function candidatesOf(
  contact: WaitingContact,
  seats: readonly Seat[],
  placed: readonly { seat: Seat; score: Score[] }[],
  score: (seat: Seat) => Score[],
  scene: Scene,
): NamelessCandidate[] {
  const takers = new Set(placed.map(({ seat }) => seat.agentId));
  const shown = (seat: Seat, reasons: LeftOut[], place: number | null, own: Score[]): NamelessCandidate => ({
    agentId: seat.agentId,
    leftOut: reasons,
    used: seat.used,
    capacity: seat.capacity,
    place,
    score: own,
  });
  const others = seats
    .filter((seat) => !takers.has(seat.agentId) && membershipFor(contact, seat.agentId, scene) !== undefined)
    .map((seat) => {
      const reasons = leftOut(contact, seat, scene);
      return shown(seat, reasons.length > 0 ? reasons : [{ reason: 'higherRankWaits' }], null, score(seat));
    })
    .sort((a, b) => a.leftOut.length - b.leftOut.length);
  return [...placed.map(({ seat, score: own }, index) => shown(seat, [], index + 1, own)), ...others];
}
