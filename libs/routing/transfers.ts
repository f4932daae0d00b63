import { Injectable } from '@nestjs/common';
import { Agents } from '#libs/agents/index.js';
import { contactLimits, errorCodes, type ConversationRow, type TransferBody } from '#libs/contracts/index.js';
import {
  ContactFlow,
  ContactLines,
  ContactWriter,
  Conversations,
  ThreadWriter,
  type Author,
  type Thread,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, Metrics } from '#libs/platform/telemetry/index.js';
import { DecisionBook } from './decision-book.js';
import { OfferRows } from './offer-rows.js';
import { QueueStore } from './queue-store.js';
import { usualRules } from './usual-rules.js';
import { freeSlots, isThere } from './rules/seat.js';
import { SeatReader } from './seat-reader.js';

const inHand = ['active', 'held'];

/** A contact goes from hand to hand: to a person, who is asked and whose giver stays owner until then, or to a queue. */
@Injectable()
export class Transfers {
  private readonly pingPong;

  constructor(
    private readonly conversations: Conversations,
    private readonly agents: Agents,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly writer: ContactWriter,
    private readonly threads: ThreadWriter,
    private readonly seats: SeatReader,
    private readonly decisions: DecisionBook,
    private readonly offers: OfferRows,
    private readonly store: QueueStore,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.pingPong = metrics.counter('madoguchi_routing_many_transfers_total', 'Contacts that changed hands too often');
  }

  async begin(author: Author, id: string, { agentId, queueId, note }: TransferBody): Promise<ConversationRow> {
    if ((agentId === undefined) === (queueId === undefined)) {
      throw invalid([{ field: 'agentId', rule: 'oneOf', message: 'Name a person or a queue, and not both.' }]);
    }
    const book = await this.store.current();
    const target = queueId === undefined ? null : book.queue(queueId);
    if (target === undefined || target?.active === false)
      throw invalid([{ field: 'queueId', rule: 'exists', message: 'There is no such queue.' }]);
    const rights = agentId === undefined ? null : await this.agents.rightsOf(agentId);
    return this.conversations.steer(author, id, async (tx, thread) => {
      mayGive(author, thread);
      if (target) await this.toQueue(tx, thread, author, target);
      else if (!rights?.accountIds.includes(thread.account_id) || !rights.permissions.has('conversation.reply'))
        throw invalid([{ field: 'agentId', rule: 'mayReply', message: 'This agent cannot answer for the account.' }]);
      else await this.toPerson(tx, thread, author, { agentId: agentId!, name: rights.agent.name }, note ?? null);
      if (note !== undefined && note.trim() !== '') await this.noteDown(tx, thread, author, note);
    });
  }

  /** The giver takes the question back. */
  cancel(author: Author, id: string): Promise<ConversationRow> {
    return this.conversations.steer(author, id, async (tx, thread) => {
      if (thread.offered_to === null || thread.assignee_id === null)
        throw conflict(errorCodes.wrongState, 'Nobody is being asked to take it over.');
      mayGive(author, { ...thread, offered_to: null });
      await this.writer.move(tx, [
        {
          thread,
          to: thread.contact_state ?? 'active',
          cause: 'transfer_cancelled',
          by: author.agentId,
          patch: { offered_to: null, due_at: null },
        },
      ]);
      // No line says so, and yet every screen must.
      await this.threads.save(tx, [thread]);
    });
  }

  private async toPerson(
    tx: Tx,
    thread: Thread,
    author: Author,
    to: { agentId: string; name: string },
    note: string | null,
  ): Promise<void> {
    if (thread.assignee_id === null) throw conflict(errorCodes.wrongState, 'Nobody has it; assign it instead.');
    if (to.agentId === thread.assignee_id)
      throw invalid([{ field: 'agentId', rule: 'other', message: 'She has the conversation already.' }]);
    const [seat] = await this.seats.lock([to.agentId], tx);
    if (!seat || !isThere(seat)) throw conflict(errorCodes.notAvailable, `${to.name} cannot be asked now.`);
    if (freeSlots(seat) < (thread.contact_weight ?? 1))
      throw conflict(
        errorCodes.overCapacity,
        `${to.name} has no free slot: ${seat.used} of ${seat.capacity} are in use.`,
      );
    const seconds = this.store.known.queue(thread.queue_id)?.offerSeconds ?? usualRules.offerSeconds;
    const about = {
      contactId: thread.contact_id!,
      conversationId: thread.id,
      agentId: to.agentId,
      queueId: thread.queue_id,
    };
    const waited = thread.enqueued_at === null ? 0 : (this.clock.now() - thread.enqueued_at.getTime()) / 1000;
    const { used, capacity } = seat;
    const [offer] = await this.decisions.write(tx, [
      {
        decision: {
          ...about,
          path: 'transfer',
          strategy: null,
          skillStep: null,
          waitedSeconds: waited,
          byAgentId: author.agentId,
          override: false,
          candidates: [{ agentId: to.agentId, leftOut: [], used, capacity, place: 1, score: [] }],
        },
        offer: { ...about, kind: 'transfer', fromAgentId: author.agentId, note, seconds },
      },
    ]);
    await this.writer.move(tx, [
      {
        thread,
        to: thread.contact_state ?? 'active',
        cause: 'transfer_offered',
        by: author.agentId,
        patch: { offered_to: to.agentId, due_at: offer!.deadline, closes_at: null },
      },
    ]);
    this.offers.made(tx, { id: offer!.id, agentId: to.agentId, conversationId: thread.id });
    await this.lines.write(tx, thread, author, 'contact.transferOffered', { agentName: to.name });
  }

  private async toQueue(tx: Tx, thread: Thread, author: Author, target: { id: string; name: string }): Promise<void> {
    const giver = thread.assignee_id;
    const transfers = (thread.transfers ?? 0) + 1;
    await this.flow.enqueue(tx, thread, author, 'transferred', {
      queue_id: target.id,
      transfers,
      preferred_agent_id: null,
      preferred_since: null,
      // She gave it away: she is not the next to be asked.
      declined_by: giver === null ? [] : [giver],
      declined_at: giver === null ? null : this.clock.date(),
    });
    await this.lines.write(tx, thread, author, 'contact.transferredToQueue', { queueName: target.name });
    if (transfers <= contactLimits.transfersAlert) return;
    this.pingPong.inc();
    await this.lines.write(tx, thread, null, 'contact.manyTransfers');
  }

  private async noteDown(tx: Tx, thread: Thread, author: Author, note: string): Promise<void> {
    await this.threads.append(tx, thread, {
      kind: 'note',
      author: { kind: 'agent', id: author.agentId, name: author.name },
      content: { type: 'text', text: note },
    });
  }
}

function mayGive(author: Author, thread: Thread): void {
  if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
  const own = thread.assignee_id === author.agentId;
  if (!own && !author.permissions.has('conversation.assign'))
    throw forbidden('Only whoever has the conversation may hand it over.');
  if (thread.offered_to !== null) throw conflict(errorCodes.wrongState, 'It is being offered to a colleague.');
  if (!inHand.includes(thread.contact_state ?? '') && thread.contact_state !== 'queued')
    throw conflict(errorCodes.wrongState, `This cannot be done while the contact is ${thread.contact_state}.`);
}
