import { Injectable } from '@nestjs/common';
import { ContactFlow, ContactWriter, ThreadWriter, WaitingRoom, type Thread } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { DecisionBook, type NewDecision } from './decision-book.js';
import { OfferRows } from './offer-rows.js';
import type { QueueBook } from './queue-book.js';
import { leftOut } from './rules/eligibility.js';
import { match, type Match } from './rules/matching.js';
import { overflows } from './rules/overflow.js';
import type { Seat } from './rules/seat.js';
import { waitedSeconds, type WaitingContact } from './rules/waiting-contact.js';
import { SeatReader } from './seat-reader.js';
import { lengthLimits, sceneOfSeats, sceneFrom, toWaiting } from './waiting.js';

/** So many contacts of one kind are looked at, and so many placed, in one transaction. */
const PER_KIND = 25;
const PER_PASS = 25;
const LOCK = 7100;

export interface Pass {
  placed: number;
  /** Somebody else held what should have been placed: look again in a moment. */
  busy: boolean;
  /** As many as go into one pass: behind them may be others who can have somebody. */
  more: boolean;
  /** Contacts that are to move on to another queue. */
  moves: WaitingContact[];
}

interface Plan {
  matches: Match[];
  moves: WaitingContact[];
  lengths: ReadonlyMap<string, number>;
  now: number;
}

/**
 * One look at the queues that share people, and everything that follows from it, in one transaction: plan without locks,
 * then lock (contacts first, agents second, both in fixed orders), ask the same rule again of what is now sure, and write.
 * One at a time for the same queues, so that the oldest is served first; its lock is the queue's, not the contact's.
 */
@Injectable()
export class Matcher {
  constructor(
    private readonly transactions: Transactions,
    private readonly waiting: WaitingRoom,
    private readonly seats: SeatReader,
    private readonly threads: ThreadWriter,
    private readonly writer: ContactWriter,
    private readonly flow: ContactFlow,
    private readonly decisions: DecisionBook,
    private readonly offers: OfferRows,
    private readonly clock: Clock,
  ) {}

  pass(book: QueueBook, queueIds: readonly string[]): Promise<Pass> {
    return this.transactions.run(async (tx) => {
      const { matches, moves, lengths, now } = await this.plan(tx, book, queueIds);
      const placed = await this.place(tx, book, matches, lengths, now);
      return { placed, busy: placed < matches.length, more: matches.length === PER_PASS, moves };
    });
  }

  /** The contacts that a pass would place, without placing them. */
  look(book: QueueBook, queueIds: readonly string[]): Promise<string[]> {
    return this.transactions.run(async (tx) => {
      const { matches } = await this.plan(tx, book, queueIds);
      return matches.map(({ contact }) => contact.id);
    });
  }

  private async plan(tx: Tx, book: QueueBook, queueIds: readonly string[]): Promise<Plan> {
    const [, rows] = await tx.together(() =>
      Promise.all([
        tx.prepared('routing.lock', 'select pg_advisory_xact_lock($1, $2)', [LOCK, Number(queueIds[0]) | 0]),
        this.waiting.heads(tx, queueIds, PER_KIND),
      ]),
    );
    const now = this.clock.now();
    if (rows.length === 0) return { matches: [], moves: [], lengths: new Map(), now };
    const waiting = rows.map(toWaiting);
    const { ids, limit } = lengthLimits(book, queueIds);
    const [seats, lengths] = await tx.together(() =>
      Promise.all([
        this.seats.read(book.membersOf(queueIds), tx),
        ids.length === 0 ? new Map<string, number>() : this.waiting.lengths(tx, ids, limit),
      ]),
    );
    const moves = movesOf(waiting, book, seats, lengths, now);
    const staying = moves.length === 0 ? waiting : waiting.filter((contact) => !moves.includes(contact));
    const matches = match(staying, seats, sceneFrom(book, seats, lengths, now), PER_PASS);
    return { matches, moves, lengths, now };
  }

  /** @returns how many were really placed */
  private async place(
    tx: Tx,
    book: QueueBook,
    matches: readonly Match[],
    lengths: ReadonlyMap<string, number>,
    now: number,
  ): Promise<number> {
    if (matches.length === 0) return 0;
    const conversations = matches.map(({ contact }) => contact.conversationId);
    const threads = await this.threads.lockMany(tx, conversations, 'skip');
    const byContact = new Map(threads.filter(isQueued).map((thread) => [thread.contact_id, thread]));
    const held = matches.filter(({ contact }) => byContact.get(contact.id)?.queue_id === contact.queueId);
    if (held.length === 0) return 0;
    const sure = await this.seats.lock([...new Set(held.map(({ agentId }) => agentId))], tx);
    const scene = sceneOfSeats(book, sure, lengths, now);
    const placed = held.flatMap((each) => {
      const seat = scene.seat(each.agentId);
      // Asked again under her lock; whoever was waited for is not among the locked, so that reason cannot be asked here.
      if (!seat || leftOut({ ...each.contact, preferred: null }, seat, scene).length > 0) return [];
      seat.used += each.contact.weight;
      return [{ match: each, thread: byContact.get(each.contact.id)! }];
    });
    await this.write(tx, book, placed, now);
    return placed.length;
  }

  private async write(
    tx: Tx,
    book: QueueBook,
    placed: readonly { match: Match; thread: Thread }[],
    now: number,
  ): Promise<void> {
    if (placed.length === 0) return;
    const written = await this.decisions.write(
      tx,
      placed.map(({ match: each }) => entryOf(each, book, now)),
    );
    const offerOf = new Map(written.map((offer) => [offer.contact_id, offer]));
    const isGiven = ({ contact }: Match): boolean => book.queue(contact.queueId)!.autoAccept;
    const asked = placed.filter(({ match: each }) => !isGiven(each));
    await this.writer.move(
      tx,
      asked.map(({ match: each, thread }) => ({
        thread,
        to: 'offered',
        cause: 'offered',
        by: null,
        patch: {
          offered_to: each.agentId,
          first_offered_at: this.clock.date(),
          due_at: offerOf.get(each.contact.id)!.deadline,
          declined_by: each.contact.declinedBy,
        },
      })),
    );
    for (const { match: each, thread } of asked)
      this.offers.made(tx, { id: offerOf.get(each.contact.id)!.id, agentId: each.agentId, conversationId: thread.id });
    for (const { match: each, thread } of placed.filter(({ match: one }) => isGiven(one))) {
      const agent = { agentId: each.agentId, name: each.name };
      await this.flow.accept(tx, thread, agent, null);
    }
    await this.threads.save(
      tx,
      placed.map(({ thread }) => thread),
    );
  }
}

function isQueued(thread: Thread): boolean {
  return thread.contact_state === 'queued';
}

function entryOf(
  { contact, agentId, strategy, skillStep, candidates }: Match,
  book: QueueBook,
  now: number,
): Parameters<DecisionBook['write']>[1][number] {
  const queue = book.queue(contact.queueId)!;
  const about = { contactId: contact.id, conversationId: contact.conversationId, agentId, queueId: contact.queueId };
  const decision: NewDecision = {
    ...about,
    path: 'engine',
    strategy,
    skillStep,
    waitedSeconds: waitedSeconds(contact, now),
    byAgentId: null,
    override: false,
    candidates,
  };
  const seconds = queue.autoAccept ? null : queue.offerSeconds;
  return { decision, offer: { ...about, kind: 'queue', fromAgentId: null, note: null, seconds } };
}

/** What has to go to another queue as a whole, because its own overflows that way. */
function movesOf(
  waiting: readonly WaitingContact[],
  book: QueueBook,
  seats: readonly Seat[],
  lengths: ReadonlyMap<string, number>,
  now: number,
): WaitingContact[] {
  const scene = sceneOfSeats(book, seats, lengths, now);
  return waiting.filter((contact) => {
    const rule = book.queue(contact.queueId)?.overflow;
    if (rule?.mode !== 'move' || !book.queue(rule.queueId)) return false;
    return overflows(rule, waitedSeconds(contact, now), scene.pressure(contact.queueId));
  });
}
