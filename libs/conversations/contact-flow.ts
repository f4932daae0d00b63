import { Injectable } from '@nestjs/common';
import { errorCodes, type Activity } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict } from '#libs/platform/telemetry/index.js';
import type { Thread } from './thread-row.js';
import { ThreadWriter } from './thread-writer.js';

interface Actor {
  agentId: string;
  name: string;
}

/**
 * The states of a contact and its segments, always under the conversation's lock:
 * queued → active → closed, active → queued (given back). A closed contact is never opened again: the customer's next
 * message, or an agent's own, begins a new one.
 */
@Injectable()
export class ContactFlow {
  constructor(private readonly threads: ThreadWriter) {}

  /** To the person who asks. Without an open contact it begins one: staff write first. */
  async take(tx: Tx, thread: Thread, agent: Actor): Promise<void> {
    await this.hand(tx, thread, agent, agent, 'contact.taken');
  }

  /** To somebody else, by a person with the right to do so. */
  async assign(tx: Tx, thread: Thread, by: Actor, agent: Actor): Promise<void> {
    await this.hand(tx, thread, by, agent, 'contact.assigned');
  }

  /** Back to the queue, at the place of its first wait. */
  async giveBack(tx: Tx, thread: Thread, by: Actor): Promise<void> {
    if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
    await endSegment(tx, thread.contact_id, 'returned');
    await tx.query(`update contacts set state = 'queued', assignee_id = null where id = $1`, [thread.contact_id]);
    await tx.query(`insert into segments (contact_id, owner_type) values ($1, 'queue')`, [thread.contact_id]);
    thread.assignee_id = null;
    thread.assignee_name = null;
    thread.contact_state = 'queued';
    await this.line(tx, thread, by, 'contact.returned');
  }

  /** Closing what is closed does nothing. */
  async close(tx: Tx, thread: Thread, by: Actor): Promise<boolean> {
    if (thread.contact_id === null) return false;
    await endSegment(tx, thread.contact_id, 'closed');
    await tx.query(`update contacts set state = 'closed', closed_at = now(), close_reason = 'agent' where id = $1`, [
      thread.contact_id,
    ]);
    await this.line(tx, thread, by, 'contact.closed');
    thread.last_assignee_id = thread.assignee_id ?? by.agentId;
    thread.contact_id = null;
    thread.contact_state = null;
    thread.assignee_id = null;
    thread.assignee_name = null;
    thread.waiting_since = null;
    return true;
  }

  /** An agent has written to the customer. */
  async answered(tx: Tx, thread: Thread, at: Date): Promise<void> {
    if (thread.first_human_reply_at !== null) return;
    thread.first_human_reply_at = at;
    await tx.prepared('contacts.answered', `update contacts set first_human_reply_at = $2 where id = $1`, [
      thread.contact_id,
      at,
    ]);
  }

  private async hand(tx: Tx, thread: Thread, by: Actor, to: Actor, activity: Activity): Promise<void> {
    if (thread.contact_id === null) await this.begin(tx, thread);
    else await endSegment(tx, thread.contact_id, thread.assignee_id === null ? 'accepted' : 'transferred');
    const [contact] = await tx.query<{ first_accepted_at: Date }>(
      `update contacts set state = 'active', assignee_id = $2, first_accepted_at = coalesce(first_accepted_at, now())
       where id = $1 returning first_accepted_at`,
      [thread.contact_id, to.agentId],
    );
    await tx.query(`insert into segments (contact_id, owner_type, owner_id) values ($1, 'agent', $2)`, [
      thread.contact_id,
      to.agentId,
    ]);
    thread.assignee_id = to.agentId;
    thread.last_assignee_id = to.agentId;
    thread.assignee_name = to.name;
    thread.contact_state = 'active';
    thread.first_accepted_at ??= contact!.first_accepted_at;
    await this.line(tx, thread, by, activity, activity === 'contact.assigned' ? to.name : undefined);
  }

  /** A contact that no customer asked for: it never waited, so it has no time of enqueuing. */
  private async begin(tx: Tx, thread: Thread): Promise<void> {
    const [contact] = await tx.query<{ id: string; created_at: Date }>(
      `insert into contacts (conversation_id, account_id, state) values ($1, $2, 'queued') returning id, created_at`,
      [thread.id, thread.account_id],
    );
    thread.contact_id = contact!.id;
    thread.contact_created_at = contact!.created_at;
    thread.enqueued_at = null;
    thread.first_accepted_at = null;
    thread.first_human_reply_at = null;
  }

  private async line(tx: Tx, thread: Thread, by: Actor, activity: Activity, agentName?: string): Promise<void> {
    await this.threads.append(tx, thread, {
      kind: 'activity',
      author: { kind: 'agent', id: by.agentId, name: by.name },
      content: { type: 'activity', activity, ...(agentName === undefined ? {} : { agentName }) },
    });
  }
}

async function endSegment(tx: Tx, contactId: string, reason: string): Promise<void> {
  await tx.query(`update segments set ended_at = now(), end_reason = $2 where contact_id = $1 and ended_at is null`, [
    contactId,
    reason,
  ]);
}
