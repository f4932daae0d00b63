import { Injectable } from '@nestjs/common';
import type { EditQueueBody, PreviewSide, QueuePreview } from '#libs/contracts/index.js';
import { WaitingRoom } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { QueueBook } from './queue-book.js';
import { QueueStore } from './queue-store.js';
import { Queues } from './queues.service.js';
import { isOpen } from './rules/business-hours.js';
import { cannot, type Scene } from './rules/eligibility.js';
import { match } from './rules/matching.js';
import { compareIds } from './rules/next-contact.js';
import { overflows } from './rules/overflow.js';
import { freeSlots, isThere, type Seat } from './rules/seat.js';
import { effectiveAt, waitedSeconds, type Queue, type WaitingContact } from './rules/waiting-contact.js';
import { SeatReader } from './seat-reader.js';
import { sceneFrom, sceneOfSeats, toWaiting } from './waiting.js';

/** A preview looks at so many; what waits beyond is told only as a number. */
const LOOKED_AT = 5_000;
const SHOWN = 100;

/** What a change of a queue's rules would do to what waits now: the same rules, run without writing. */
@Injectable()
export class QueuePreviews {
  constructor(
    private readonly queues: Queues,
    private readonly store: QueueStore,
    private readonly waiting: WaitingRoom,
    private readonly seats: SeatReader,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async of(id: string, body: EditQueueBody): Promise<QueuePreview> {
    const { before, after } = await this.queues.proposed(id, body);
    const book = await this.store.current();
    const changed = new QueueBook([...book.all].map((queue) => (queue.id === id ? after : queue)));
    return this.transactions.run(async (tx) => {
      const added = after.accountIds.filter((account) => !before.accountIds.includes(account));
      const [rows, enters] = [await this.waiting.ofQueue(tx, id, LOOKED_AT), await this.waiting.unrouted(tx, added)];
      const component = [...new Set([...book.component(id), ...changed.component(id)])];
      const seats = await this.seats.read(
        [...new Set([...book.membersOf(component), ...changed.membersOf(component)])],
        tx,
      );
      const others = (await this.waiting.heads(tx, component, 25))
        .map(toWaiting)
        .filter(({ queueId }) => queueId !== id);
      const now = this.clock.now();
      const waits = rows.map(toWaiting);
      const then = waits.map((contact) => underRules(contact, after));
      const lengths = new Map([[id, waits.length]]);
      const scene = sceneOfSeats(changed, seats, lengths, now);
      const offers = match([...then, ...others], seats, sceneFrom(changed, seats, lengths, now), LOOKED_AT).filter(
        ({ contact }) => contact.queueId === id,
      );
      const [earlier, later] = shifts(waits, then);
      return {
        waiting: waits.length,
        offersNow: offers.length,
        offers: offers
          .slice(0, SHOWN)
          .map(({ contact, agentId }) => ({ conversationId: contact.conversationId, agentId })),
        before: sideOf(before, waits, seats, sceneOfSeats(book, seats, lengths, now)),
        after: sideOf(after, then, seats, scene),
        earlier,
        later,
        overflows: then.filter((each) => overflows(after.overflow, waitedSeconds(each, now), scene.pressure(id)))
          .length,
        enters,
      };
    });
  }
}

function underRules(contact: WaitingContact, queue: Queue): WaitingContact {
  return {
    ...contact,
    weight: queue.weight,
    effectiveAt: effectiveAt(contact.enqueuedAt, contact.priority, queue.boosts),
    takenInHours: isOpen(queue.hours, contact.enqueuedAt),
  };
}

function sideOf(queue: Queue, waits: readonly WaitingContact[], seats: readonly Seat[], scene: Scene): PreviewSide {
  const members = seats.filter(({ agentId }) => queue.members.some((member) => member.agentId === agentId));
  const ready = members.filter(isThere);
  const placeable = waits.filter((contact) => seats.some((seat) => cannot(contact, seat, scene).length === 0)).length;
  return {
    placeable,
    unplaceable: waits.length - placeable,
    members: members.length,
    ready: ready.length,
    freeSlots: ready.reduce((sum, seat) => sum + freeSlots(seat), 0),
    open: queue.active && isOpen(queue.hours, scene.now),
  };
}

function shifts(before: readonly WaitingContact[], after: readonly WaitingContact[]): [number, number] {
  const places = (contacts: readonly WaitingContact[]): Map<string, number> =>
    new Map(
      [...contacts]
        .sort((a, b) => a.effectiveAt - b.effectiveAt || compareIds(a.id, b.id))
        .map(({ id }, place) => [id, place]),
    );
  const [then, now] = [places(after), places(before)];
  const moved = [...now].map(([id, place]) => then.get(id)! - place);
  return [moved.filter((by) => by < 0).length, moved.filter((by) => by > 0).length];
}
