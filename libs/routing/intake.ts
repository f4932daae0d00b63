import { Injectable } from '@nestjs/common';
import { SETTLE, WaitingRoom, type Arrival, type Place } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { CustomerTexts, type TextKind } from './customer-texts.js';
import { needKey } from './need-key.js';
import type { QueueBook } from './queue-book.js';
import { QueueStore } from './queue-store.js';
import { isOpen } from './rules/business-hours.js';
import { effectiveAt, type Queue, type WaitingContact } from './rules/waiting-contact.js';
import { nextMoment } from './rules/waiting-moments.js';
import { Signals } from './signals.js';

const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
export type Settlement = 'refused_full' | 'refused_hours' | 'closing_time' | 'overflow';

interface Placing {
  place: Place;
  text: TextKind | null;
}

/**
 * Contacts enter their queues: where they stand, what they ask for, when time changes that. New, returned, transferred and
 * woken ones all come through here, a batch at a time with the same few statements.
 */
@Injectable()
export class Intake {
  constructor(
    private readonly transactions: Transactions,
    private readonly waiting: WaitingRoom,
    private readonly store: QueueStore,
    private readonly texts: CustomerTexts,
    private readonly signals: Signals,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that arrived and was not looked at yet.
   * @returns the queues they stand in now: whoever places an arrival looks there too, because the node that was woken for
   * it may have looked before
   */
  async take(): Promise<Set<string>> {
    const touched = new Set<string>();
    for (;;) {
      const book = await this.store.current();
      const batch = await this.transactions.run(async (tx) => {
        const arrivals = await this.waiting.arrivals(tx, book.ids, BATCH);
        if (arrivals.length > 0) await this.place(tx, book, arrivals);
        return arrivals;
      });
      for (const { queue_id } of batch) touched.add(queue_id);
      if (batch.length < BATCH) return touched;
    }
  }

  /** Those for whom time has changed something. @returns the queues in which somebody may be placed now */
  async revisit(): Promise<string[]> {
    const touched = new Set<string>();
    for (;;) {
      const book = await this.store.current();
      const batch = await this.transactions.run(async (tx) => {
        const due = await this.waiting.dueWaiting(tx, BATCH);
        if (due.length > 0) await this.place(tx, book, due);
        return due;
      });
      for (const { queue_id } of batch) touched.add(queue_id);
      if (batch.length < BATCH) return [...touched];
    }
  }

  private async place(tx: Tx, book: QueueBook, arrivals: readonly Arrival[]): Promise<void> {
    const now = this.clock.now();
    const room = await this.room(tx, book, arrivals);
    const placings = arrivals.flatMap((arrival) => {
      const queue = book.queue(arrival.queue_id);
      if (!queue) return [{ place: without(arrival), text: null }];
      return [placed(arrival, queue, book, room, now)];
    });
    await this.waiting.place(
      tx,
      placings.map(({ place }) => place),
    );
    for (const { place, text } of placings) if (text) await this.texts.order(tx, place.id, text);
    const due = placings.flatMap(({ place: { due_at } }) => (due_at ? [due_at.getTime() - now] : []));
    this.signals.send(tx, {
      counts: [...new Set(placings.map(({ place }) => place.queue_id))],
      ...(due.length === 0 ? {} : { dueInMs: Math.min(...due) }),
    });
  }

  /** How many more may enter each queue that has a limit. What is here already counts, those that just arrived do not. */
  private async room(tx: Tx, book: QueueBook, arrivals: readonly Arrival[]): Promise<Map<string, number>> {
    const limited = [...new Set(arrivals.map(({ queue_id }) => queue_id))].flatMap((id) => {
      const maxLength = book.queue(id)?.maxLength ?? null;
      return maxLength === null ? [] : [{ id, maxLength }];
    });
    if (limited.length === 0) return new Map();
    const most = Math.max(...limited.map(({ maxLength }) => maxLength)) + arrivals.length;
    const lengths = await this.waiting.placedLengths(
      tx,
      limited.map(({ id }) => id),
      most,
    );
    return new Map(limited.map(({ id, maxLength }) => [id, maxLength - (lengths.get(id) ?? 0)]));
  }
}

function placed(arrival: Arrival, queue: Queue, book: QueueBook, room: Map<string, number>, now: number): Placing {
  const first = arrival.admitted_at === null;
  const contact = asWaiting(arrival, queue, first, now);
  const settlement = first ? refusal(queue, room, now) : closing(contact, queue, now);
  if (first && settlement === null) room.set(queue.id, (room.get(queue.id) ?? Number.POSITIVE_INFINITY) - 1);
  const target = book.queue(queue.overflow?.queueId ?? null);
  const moment = nextMoment(contact, queue, target, now);
  return {
    place: {
      id: contact.id,
      queue_id: queue.id,
      need_key: settlement ? `${SETTLE}${settlement}` : needKey(contact, queue, target, now),
      enqueued_at: new Date(contact.enqueuedAt),
      effective_at: new Date(contact.effectiveAt),
      due_at: settlement ? new Date(now) : moment === null ? null : new Date(moment),
      weight: contact.weight,
      priority: contact.priority,
      preferred_agent_id: contact.preferred?.agentId ?? null,
      preferred_since: contact.preferred ? new Date(contact.preferred.since) : null,
      taken_in_hours: contact.takenInHours,
    },
    text: first ? firstText(arrival, queue, settlement, room, now) : null,
  };
}

function asWaiting(arrival: Arrival, queue: Queue, first: boolean, now: number): WaitingContact {
  const enqueuedAt = arrival.enqueued_at?.getTime() ?? now;
  const priority = first ? queue.priority : arrival.priority;
  return {
    id: arrival.id,
    conversationId: arrival.conversation_id,
    accountId: arrival.account_id,
    queueId: queue.id,
    enqueuedAt,
    effectiveAt: effectiveAt(enqueuedAt, priority, queue.boosts),
    priority,
    weight: queue.weight,
    preferred: first ? lastAgentOf(arrival, queue, now) : keptPreference(arrival),
    declinedBy: arrival.declined_by,
    declinedAt: arrival.declined_at?.getTime() ?? null,
    takenInHours: isOpen(queue.hours, enqueuedAt),
    askedSkills: arrival.asked_skills,
  };
}

function lastAgentOf(arrival: Arrival, queue: Queue, now: number): WaitingContact['preferred'] {
  const { last_agent_id: agentId, last_closed_at: closedAt } = arrival;
  if (queue.sticky === null || agentId === null || closedAt === null) return null;
  return now - closedAt.getTime() < queue.sticky.days * DAY_MS ? { agentId, since: now } : null;
}

function keptPreference({ preferred_agent_id: agentId, preferred_since: since }: Arrival): WaitingContact['preferred'] {
  return agentId === null || since === null ? null : { agentId, since: since.getTime() };
}

function refusal(queue: Queue, room: Map<string, number>, now: number): Settlement | null {
  if (!isOpen(queue.hours, now)) return queue.whenClosed === 'refuse' ? 'refused_hours' : null;
  if ((room.get(queue.id) ?? 1) > 0 || queue.whenFull === 'keep') return null;
  return queue.whenFull === 'refuse' ? 'refused_full' : 'overflow';
}

function closing(contact: WaitingContact, queue: Queue, now: number): Settlement | null {
  const over = contact.takenInHours && queue.atClosing === 'close' && !isOpen(queue.hours, now);
  return over ? 'closing_time' : null;
}

function textFor(queue: Queue, room: Map<string, number>, now: number): TextKind | null {
  if (!isOpen(queue.hours, now)) return queue.texts.outOfHours === null ? null : 'outOfHours';
  if ((room.get(queue.id) ?? 0) < 0 && queue.texts.full !== null) return 'full';
  return queue.texts.queued === null ? null : 'queued';
}

/** Whoever comes from a bot is told something in any case; the refused ones when they are. */
function firstText(
  { entry_words }: Arrival,
  queue: Queue,
  settlement: Settlement | null,
  room: Map<string, number>,
  now: number,
): TextKind | null {
  const own = entry_words === null ? null : 'entry';
  if (settlement === null) return textFor(queue, room, now) ?? own;
  return settlement === 'overflow' ? own : null;
}

/** Its queue has gone while it waited there: it stays where it is, for whoever takes it by hand. */
function without(arrival: Arrival): Place {
  return {
    id: arrival.id,
    queue_id: arrival.queue_id,
    need_key: 'none',
    enqueued_at: arrival.enqueued_at ?? arrival.created_at,
    effective_at: arrival.enqueued_at ?? arrival.created_at,
    due_at: null,
    weight: 1,
    priority: arrival.priority,
    preferred_agent_id: null,
    preferred_since: null,
    taken_in_hours: arrival.taken_in_hours,
  };
}
