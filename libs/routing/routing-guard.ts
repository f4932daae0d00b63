import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgentRuntime } from '#libs/agents/index.js';
import { errorCodes, type WrapUpBody } from '#libs/contracts/index.js';
import {
  ContactGuards,
  WaitingRoom,
  type ContactGuard,
  type Handing,
  type Move,
  type StoredState,
  type Thread,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict, invalid } from '#libs/platform/telemetry/index.js';
import { DecisionBook } from './decision-book.js';
import { OfferRows } from './offer-rows.js';
import { QueueStore } from './queue-store.js';
import { leftOut } from './rules/eligibility.js';
import { candidatesOf } from './rules/matching.js';
import { freeSlots, isThere, type Seat } from './rules/seat.js';
import { stepAt } from './rules/skill-steps.js';
import { waitedSeconds, type Queue, type WaitingContact } from './rules/waiting-contact.js';
import { SeatReader } from './seat-reader.js';
import { Signals } from './signals.js';
import { sceneOfSeats } from './waiting.js';

const slots: readonly (StoredState | null)[] = ['active', 'held', 'wrapup'];

/**
 * What every way of handing a contact over goes through, by hand or by the engine: the agent's lock after the
 * conversation's, her capacity, the reasons in writing. And what follows from every change: whose slots, which deadlines,
 * who is to look again. Contacts of accounts without a queue are as free as before; they only count as work.
 */
@Injectable()
export class RoutingGuard implements ContactGuard, OnModuleInit {
  constructor(
    private readonly guards: ContactGuards,
    private readonly runtime: AgentRuntime,
    private readonly waiting: WaitingRoom,
    private readonly seats: SeatReader,
    private readonly store: QueueStore,
    private readonly decisions: DecisionBook,
    private readonly offers: OfferRows,
    private readonly signals: Signals,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
    this.runtime.countWith((agentIds) => this.waiting.loadOf(agentIds));
  }

  async handing(tx: Tx, thread: Thread, { to, by, path, override }: Handing): Promise<void> {
    const queue = this.queueOf(thread);
    const involved = [to.agentId, thread.assignee_id, thread.offered_to].filter((id) => id !== null);
    if (!queue) return void (await this.runtime.lock(tx, involved));
    // The others are read before she is locked: many may reach for the same person, and each holds her for as short as can be.
    const members = await this.seats.read(this.store.known.membersOf([queue.id]), tx);
    const locked = await this.seats.lock([...new Set(involved)], tx);
    const her = locked.find(({ agentId }) => agentId === to.agentId);
    if (!her) throw conflict(errorCodes.notAvailable, 'There is no such agent.');
    if (path !== 'assignment' && thread.offered_to !== null && thread.offered_to !== to.agentId)
      throw conflict(errorCodes.alreadyAssigned, 'The conversation is being offered to a colleague.');
    const weight = thread.contact_weight ?? 1;
    const reserved = thread.offered_to === to.agentId ? weight : 0;
    const isFull = freeSlots(her) + reserved < weight;
    if (path === 'assignment' && !override && !isThere(her))
      throw conflict(errorCodes.notAvailable, `${her.name} cannot be asked now; send override to assign all the same.`);
    if (isFull && !(path === 'assignment' && override))
      throw conflict(
        errorCodes.overCapacity,
        `${her.name} has no free slot: ${her.used} of ${her.capacity} are in use.`,
      );
    thread.queue_id = queue.id;
    await this.explain(tx, thread, queue, { to, by, path, override }, members, locked);
  }

  wrapUpSeconds(thread: Thread, said: WrapUpBody): number {
    const queue = this.queueOf(thread);
    if (!queue) return 0;
    if (said.dispositionId != null) known(queue, said.dispositionId);
    return queue.wrapUpSeconds;
  }

  finishing(thread: Thread, said: WrapUpBody): void {
    const queue = this.queueOf(thread);
    if (!queue) return;
    if (said.dispositionId != null) return known(queue, said.dispositionId);
    if (!queue.dispositionRequired || thread.disposition_id !== null) return;
    throw invalid([{ field: 'dispositionId', rule: 'required', message: 'This queue asks for a disposition.' }]);
  }

  silenceSeconds(thread: Thread): number | null {
    const rule = this.queueOf(thread)?.inactivity;
    return rule ? rule.closeAfterSeconds - rule.warnSeconds : null;
  }

  async moved(tx: Tx, moves: readonly Move[]): Promise<void> {
    for (const { thread, to, before } of moves) {
      if (before.offeredTo === null || before.offeredTo === thread.offered_to || thread.contact_id === null) continue;
      const accepted = to === 'active' && thread.assignee_id === before.offeredTo;
      await this.offers.end(tx, thread.contact_id, accepted ? 'accepted' : 'withdrawn');
    }
    const changes = moves.map(changeOf);
    const all = (pick: (change: Change) => string[]): string[] => [...new Set(changes.flatMap(pick))];
    const [gained, ended, others] = [all((one) => one.gained), all((one) => one.ended), all((one) => one.others)];
    const kinds = [gained, ended, others].filter(({ length }) => length > 0);
    // Each of the statements below takes its agents in the order of their ids; several of them together do not.
    if (kinds.length > 1 && new Set(kinds.flat()).size > 1) await this.runtime.lock(tx, [...new Set(kinds.flat())]);
    if (gained.length > 0) await this.runtime.touchAssigned(tx, gained);
    if (ended.length > 0) await this.runtime.touchContactEnded(tx, ended);
    if (others.length > 0) await this.runtime.loadChanged(tx, others);
    moves.forEach(({ thread, to, before, dueAt }, at) =>
      this.tell(tx, thread, to, before.queueId, changes[at]!.freed, dueAt),
    );
  }

  private tell(
    tx: Tx,
    thread: Thread,
    to: StoredState,
    queueBefore: string | null,
    freed: string[],
    dueAt: Date | null | undefined,
  ): void {
    const queueId = thread.queue_id;
    this.signals.send(tx, {
      counts: [...new Set([queueBefore, queueId].filter((id) => id !== null))],
      ...(to === 'queued' && queueId !== null ? { queues: [queueId] } : {}),
      ...(to === 'queued' && queueId === null ? { accounts: [thread.account_id] } : {}),
      ...(freed.length > 0 ? { agents: freed } : {}),
      ...(dueAt ? { dueInMs: dueAt.getTime() - this.clock.now() } : {}),
    });
  }

  /** Of a contact that a customer began: its own, or, before anybody looked at it, the one that its account leads to. */
  private queueOf(thread: Thread): Queue | undefined {
    const book = this.store.known;
    if (thread.queue_id !== null) return book.queue(thread.queue_id);
    const asked = thread.enqueued_at !== null || thread.contact_state === 'bot';
    return asked ? book.ofAccount(thread.account_id) : undefined;
  }

  private async explain(
    tx: Tx,
    thread: Thread,
    queue: Queue,
    { to, by, path, override }: Handing,
    members: readonly Seat[],
    locked: readonly Seat[],
  ): Promise<void> {
    const book = this.store.known;
    const all = [...members.filter(({ agentId }) => !locked.some((seat) => seat.agentId === agentId)), ...locked];
    const now = this.clock.now();
    const contact = asWaiting(thread, queue, now);
    const scene = sceneOfSeats(book, all, new Map(), now);
    const takers = all.filter((seat) => leftOut(contact, seat, scene).length === 0);
    const waited = waitedSeconds(contact, now);
    const decision = {
      contactId: contact.id,
      conversationId: thread.id,
      path,
      queueId: queue.id,
      strategy: queue.strategy,
      skillStep: stepAt(queue.skillSteps, waited),
      waitedSeconds: waited,
      agentId: to.agentId,
      byAgentId: by.agentId,
      override,
      candidates: candidatesOf(contact, takers, all, scene),
    };
    await this.decisions.write(tx, [{ decision, offer: null }]);
  }
}

/** Whose slots a move took or freed. */
interface Change {
  gained: string[];
  /** Her contact is over for her. */
  ended: string[];
  /** What she holds is another number, or another kind, and nothing ended. */
  others: string[];
  /** They may take something now. */
  freed: string[];
}

function changeOf({ thread, from, to, before }: Move): Change {
  const had = holders(from, before.assigneeId, before.offeredTo);
  const has = holders(to, thread.assignee_id, thread.offered_to);
  const lost = [...had].filter((id) => !has.has(id));
  const wrapping = from !== to && (from === 'wrapup' || to === 'wrapup') ? [...has].filter((id) => had.has(id)) : [];
  return {
    gained: [...has].filter((id) => !had.has(id)),
    ended: lost.filter((id) => id === before.assigneeId),
    others: [...lost.filter((id) => id !== before.assigneeId), ...wrapping],
    freed: [...lost, ...(from === 'wrapup' ? wrapping : [])],
  };
}

function holders(state: StoredState | null, assigneeId: string | null, offeredTo: string | null): Set<string> {
  const ids = new Set<string>();
  if (assigneeId !== null && slots.includes(state)) ids.add(assigneeId);
  if (offeredTo !== null) ids.add(offeredTo);
  return ids;
}

function asWaiting(thread: Thread, queue: Queue, now: number): WaitingContact {
  return {
    id: thread.contact_id!,
    conversationId: thread.id,
    accountId: thread.account_id,
    queueId: queue.id,
    enqueuedAt: thread.enqueued_at?.getTime() ?? now,
    effectiveAt: thread.enqueued_at?.getTime() ?? now,
    priority: thread.contact_priority ?? 'normal',
    weight: thread.contact_weight ?? 1,
    preferred: null,
    declinedBy: [],
    declinedAt: null,
    takenInHours: true,
    askedSkills: [],
  };
}

function known(queue: Queue, dispositionId: string): void {
  if (queue.dispositions.some(({ id, active }) => id === dispositionId && active)) return;
  throw invalid([{ field: 'dispositionId', rule: 'exists', message: 'This queue has no such disposition.' }]);
}
