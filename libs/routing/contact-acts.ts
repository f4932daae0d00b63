import { Injectable } from '@nestjs/common';
import {
  contactLimits,
  errorCodes,
  type ConversationRow,
  type Priority,
  type SnoozeBody,
  type TransferBody,
  type WrapUpBody,
} from '#libs/contracts/index.js';
import {
  ContactFlow,
  ContactLines,
  ContactWriter,
  Conversations,
  type Author,
  type StoredState,
  type Thread,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid } from '#libs/platform/telemetry/index.js';
import { Awakenings } from './awakenings.js';
import { QueueStore } from './queue-store.js';
import { effectiveAt } from './rules/waiting-contact.js';
import { Transfers } from './transfers.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What an agent does with the contact she has, besides answering. */
@Injectable()
export class ContactActs {
  constructor(
    private readonly conversations: Conversations,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly writer: ContactWriter,
    private readonly awakenings: Awakenings,
    private readonly transfers: Transfers,
    private readonly store: QueueStore,
    private readonly clock: Clock,
  ) {}

  async transfer(author: Author, id: string, body: TransferBody): Promise<ConversationRow> {
    return this.transfers.begin(author, id, body);
  }

  hold(author: Author, id: string): Promise<ConversationRow> {
    return this.steer(author, id, async (tx, thread) => {
      mine(author, thread, ['active']);
      if (thread.offered_to !== null) throw wrongState('It is being offered to a colleague.');
      await this.writer.move(tx, [
        { thread, to: 'held', cause: 'held', by: author.agentId, patch: { held_at: this.clock.date(), due_at: null } },
      ]);
      await this.lines.write(tx, thread, author, 'contact.held');
    });
  }

  /** From hold, or before the time that a snoozed one was to wake. */
  resume(author: Author, id: string): Promise<ConversationRow> {
    return this.steer(author, id, async (tx, thread) => {
      mine(author, thread, ['held', 'snoozed', 'wrapup']);
      if (thread.contact_state === 'snoozed') return this.awakenings.takeUp(tx, thread, author);
      await this.awakenings.toHand(tx, thread, 'resumed');
      await this.lines.write(tx, thread, author, 'contact.resumed');
    });
  }

  snooze(author: Author, id: string, { until, owner }: SnoozeBody): Promise<ConversationRow> {
    const at = new Date(until);
    const now = this.clock.now();
    const latest = now + contactLimits.snoozeDays * DAY_MS;
    if (!(at.getTime() > now && at.getTime() <= latest)) {
      const message = `must be in the future, ${contactLimits.snoozeDays} days at most`;
      throw invalid([{ field: 'until', rule: 'future', message, limit: contactLimits.snoozeDays, unit: 'days' }]);
    }
    return this.steer(author, id, async (tx, thread) => {
      mine(author, thread, ['active', 'held']);
      if (thread.offered_to !== null) throw wrongState('It is being offered to a colleague.');
      await this.writer.move(tx, [
        {
          thread,
          to: 'snoozed',
          cause: 'snoozed',
          by: author.agentId,
          patch: {
            snoozed_until: at,
            due_at: at,
            held_at: null,
            closes_at: null,
            ...(owner === 'queue' ? { assignee_id: null } : {}),
          },
        },
      ]);
      if (owner === 'queue') thread.assignee_name = null;
      await this.lines.write(tx, thread, author, 'contact.snoozed', { until: at.toISOString() });
    });
  }

  /** The wrap-up is done; another one than the assignee may only close it as a supervisor. */
  finish(author: Author, id: string, said: WrapUpBody): Promise<ConversationRow> {
    return this.steer(author, id, async (tx, thread) => {
      mine(author, thread, ['wrapup']);
      await this.flow.finish(tx, thread, author, said);
    });
  }

  prioritise(author: Author, id: string, priority: Priority): Promise<ConversationRow> {
    if (!author.permissions.has('conversation.assign')) throw forbidden();
    return this.steer(author, id, async (tx, thread) => {
      if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
      const queue = this.store.known.queue(thread.queue_id);
      const enqueued = thread.enqueued_at?.getTime();
      const waits = thread.contact_state === 'queued';
      await this.writer.move(tx, [
        {
          thread,
          to: thread.contact_state ?? 'queued',
          cause: 'prioritised',
          by: author.agentId,
          patch: {
            priority,
            ...(waits && queue && enqueued !== undefined
              ? { effective_at: new Date(effectiveAt(enqueued, priority, queue.boosts)) }
              : {}),
          },
        },
      ]);
      await this.lines.write(tx, thread, author, 'contact.prioritised');
    });
  }

  private async steer(
    author: Author,
    id: string,
    work: (tx: Tx, thread: Thread) => Promise<void>,
  ): Promise<ConversationRow> {
    await this.store.current();
    return this.conversations.steer(author, id, work);
  }
}

function mine(author: Author, thread: Thread, states: readonly StoredState[]): void {
  if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
  if (thread.assignee_id !== author.agentId)
    throw conflict(errorCodes.notAssignee, 'Only whoever has the conversation may do this.');
  if (!states.includes(thread.contact_state ?? 'queued'))
    throw wrongState(`This cannot be done while the contact is ${thread.contact_state}.`);
}

export function wrongState(message: string): ReturnType<typeof conflict> {
  return conflict(errorCodes.wrongState, message);
}
