import { leftOut, type Scene } from './eligibility.js';
import { compareIds, compareStandings, standingOf } from './next-contact.js';
import type { Seat } from './seat.js';
import type { WaitingContact } from './waiting-contact.js';

/**
 * Each agent's own order of what waits, made when first asked for. Whose best contact was not taken keeps it: matching many
 * at once costs a sort per agent, not one per match.
 */
export class AgentOrders {
  private readonly orders = new Map<string, WaitingContact[]>();
  private readonly best = new Map<string, WaitingContact | null>();
  private readonly gone = new Set<string>();
  private readonly preferred: ReadonlySet<string>;
  private readonly queueIds: readonly string[];
  private readonly likes = new Map<string, string>();

  constructor(
    private readonly contacts: readonly WaitingContact[],
    private readonly scene: Scene,
  ) {
    this.queueIds = [...new Set(contacts.map(({ queueId }) => queueId))];
    this.preferred = new Set(contacts.flatMap(({ preferred }) => (preferred ? [preferred.agentId] : [])));
  }

  /** Of all contacts that are somebody's next: the one that comes first by time, and everybody whose next it is. */
  oldestWanted(seats: readonly Seat[]): { contact: WaitingContact; takers: Seat[] } | null {
    let first: WaitingContact | null = null;
    for (const seat of seats) {
      const next = this.bestOf(seat);
      if (next && (first === null || isBefore(next, first))) first = next;
    }
    return first && { contact: first, takers: seats.filter((seat) => this.bestOf(seat) === first) };
  }

  taken(contact: WaitingContact, agentId: string): void {
    this.gone.add(contact.id);
    // Somebody may be waited for who now is full, or no longer.
    if (this.preferred.has(agentId)) return this.best.clear();
    this.best.delete(agentId);
    for (const [id, next] of this.best) if (next === contact) this.best.delete(id);
  }

  private bestOf(seat: Seat): WaitingContact | null {
    const known = this.best.get(seat.agentId);
    if (known !== undefined) return known;
    const order = this.orderOf(seat);
    const next =
      order.find((contact) => !this.gone.has(contact.id) && leftOut(contact, seat, this.scene).length === 0) ?? null;
    this.best.set(seat.agentId, next);
    return next;
  }

  /** People to whom every queue has the same rank, and whom nobody prefers, have the same order. */
  private likeOf(seat: Seat): string {
    const known = this.likes.get(seat.agentId);
    if (known !== undefined) return known;
    const ranks = this.queueIds.map((queueId) => {
      const target = this.scene.queue(queueId)?.overflow?.queueId;
      const rank = this.scene.membership(queueId, seat.agentId)?.rank;
      return rank ?? `(${target === undefined ? '' : (this.scene.membership(target, seat.agentId)?.rank ?? '')})`;
    });
    const like = this.preferred.has(seat.agentId) ? `agent ${seat.agentId}` : ranks.join(' ');
    this.likes.set(seat.agentId, like);
    return like;
  }

  private orderOf(seat: Seat): WaitingContact[] {
    const known = this.orders.get(this.likeOf(seat));
    if (known) return known;
    const order = this.contacts
      .map((contact) => ({ contact, standing: standingOf(contact, seat.agentId, this.scene) }))
      .sort((a, b) => compareStandings(a.standing, b.standing))
      .map(({ contact }) => contact);
    this.orders.set(this.likeOf(seat), order);
    return order;
  }
}

function isBefore(a: WaitingContact, b: WaitingContact): boolean {
  return (a.effectiveAt - b.effectiveAt || compareIds(a.id, b.id)) < 0;
}
