import { Injectable } from '@nestjs/common';
import { errorCodes } from '#libs/contracts/index.js';
import {
  ContactFlow,
  ContactLines,
  ContactWriter,
  SystemMessages,
  ThreadWriter,
  type Actor,
  type ContactPatch,
  type Thread,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict } from '#libs/platform/telemetry/index.js';
import { QueueStore } from './queue-store.js';
import { freeSlots, isThere } from './rules/seat.js';
import { SeatReader } from './seat-reader.js';
import { filled } from './text-words.js';

interface Due {
  due: boolean;
  due_at: Date;
}

/** A contact in somebody's hands, when its time comes or its customer speaks: snoozed ones wake, silent ones end. */
@Injectable()
export class Awakenings {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly writer: ContactWriter,
    private readonly messages: SystemMessages,
    private readonly seats: SeatReader,
    private readonly store: QueueStore,
    private readonly clock: Clock,
  ) {}

  async onTime(conversationId: string, contactId: string): Promise<void> {
    await this.store.current();
    await this.within(conversationId, contactId, async (tx, thread) => {
      const [moment] = await tx.query<Due>(
        `select due_at <= clock_timestamp() as due, due_at from contacts where id = $1`,
        [contactId],
      );
      if (!moment?.due || thread.offered_to !== null) return;
      if (thread.contact_state === 'snoozed') return this.wake(tx, thread);
      if (thread.contact_state === 'wrapup') return this.wrappedUp(tx, thread);
      return this.silence(tx, thread, moment.due_at);
    });
  }

  /** The customer has spoken: whatever was put aside is in hand again. */
  async onWord(conversationId: string, contactId: string): Promise<void> {
    await this.store.current();
    await this.within(conversationId, contactId, async (tx, thread) => {
      if (thread.contact_state === 'snoozed') return this.wake(tx, thread);
      if (thread.contact_state === 'wrapup') return this.toHand(tx, thread, 'customer_wrote');
      if (thread.closes_at !== null) await this.keep(tx, thread, { closes_at: null, due_at: null });
    });
  }

  /** Hers again if she kept it and has room; otherwise in the queue, at its old place, hers first. */
  async wake(tx: Tx, thread: Thread): Promise<void> {
    const owner = thread.assignee_id;
    if (owner !== null) {
      const [seat] = await this.seats.lock([owner], tx);
      const hasRoom = seat !== undefined && isThere(seat) && freeSlots(seat) >= (thread.contact_weight ?? 1);
      if (hasRoom || thread.queue_id === null) {
        await this.toHand(tx, thread, 'woken');
        return this.lines.write(tx, thread, null, 'contact.woken');
      }
    }
    await this.flow.enqueue(tx, thread, null, 'woken', {
      declined_by: [],
      declined_at: null,
      ...(owner === null ? {} : { preferred_agent_id: owner, preferred_since: this.clock.date() }),
    });
    await this.lines.write(tx, thread, null, 'contact.woken');
  }

  /** Before its time, by her own hand: she means to serve the customer now, ready or not. What she needs is a slot. */
  async takeUp(tx: Tx, thread: Thread, agent: Actor): Promise<void> {
    const [seat] = await this.seats.lock([agent.agentId], tx);
    if (thread.queue_id !== null && (seat === undefined || freeSlots(seat) < (thread.contact_weight ?? 1)))
      throw conflict(errorCodes.overCapacity, `${agent.name} has no free slot.`);
    await this.toHand(tx, thread, 'resumed');
    await this.lines.write(tx, thread, agent, 'contact.resumed');
  }

  async toHand(tx: Tx, thread: Thread, cause: string): Promise<void> {
    await this.writer.move(tx, [
      {
        thread,
        to: 'active',
        cause,
        by: null,
        patch: { held_at: null, snoozed_until: null, wrapup_until: null, closes_at: null, due_at: null },
      },
    ]);
  }

  private async wrappedUp(tx: Tx, thread: Thread): Promise<void> {
    if (thread.waiting_since !== null) await this.toHand(tx, thread, 'customer_wrote');
    else await this.flow.finish(tx, thread, null, {});
  }

  /** First a warning to the agent, then the end; a customer who has spoken since is not silent. */
  private async silence(tx: Tx, thread: Thread, due: Date): Promise<void> {
    const rule = this.store.known.queue(thread.queue_id)?.inactivity;
    if (!rule || thread.waiting_since !== null || thread.contact_state !== 'active')
      return this.keep(tx, thread, { closes_at: null, due_at: null });
    if (thread.closes_at === null && rule.warnSeconds > 0) {
      const ends = new Date(due.getTime() + rule.warnSeconds * 1000);
      await this.keep(tx, thread, { closes_at: ends, due_at: ends });
      return this.lines.write(tx, thread, null, 'contact.inactivityWarned');
    }
    const words = rule.text === null ? null : filled(rule.text, {});
    if (words) await this.messages.write(tx, thread, `${thread.contact_id} inactivity`, words);
    await this.flow.end(tx, thread, null, 'inactivity', 'contact.inactivityClosed');
  }

  private async keep(tx: Tx, thread: Thread, patch: ContactPatch): Promise<void> {
    await this.writer.move(tx, [{ thread, to: thread.contact_state ?? 'active', cause: 'clock', by: null, patch }]);
  }

  private async within(
    conversationId: string,
    contactId: string,
    work: (tx: Tx, thread: Thread) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (thread.contact_id !== contactId) return;
      const { version } = thread;
      const state = JSON.stringify([thread.contact_state, thread.closes_at, thread.assignee_id]);
      await work(tx, thread);
      const changed = state !== JSON.stringify([thread.contact_state, thread.closes_at, thread.assignee_id]);
      if (changed || thread.touched.length > 0 || thread.version !== version) await this.threads.save(tx, [thread]);
    });
  }
}
