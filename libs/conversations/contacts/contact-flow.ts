import { Injectable } from '@nestjs/common';
import { errorCodes, type Activity, type WrapUpBody } from '#libs/contracts/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict } from '#libs/platform/telemetry/index.js';
import { ContactGuards, type Actor, type Handing } from './contact-guard.js';
import { ContactLines } from './contact-lines.js';
import { beginSegment, ContactWriter, endSegment, type ContactPatch } from './contact-writer.js';
import type { Thread } from '../threads/thread-row.js';

/** Nothing of what an agent did with it holds any longer. */
const freed = { offered_to: null, held_at: null, snoozed_until: null, wrapup_until: null, closes_at: null } as const;

interface Named {
  id: string;
  name: string;
}

/**
 * What people do with a contact, always under the conversation's lock: take it, hand it over, give it back, end it. A
 * closed one is never opened again: the customer's next message, or an agent's own, begins a new one.
 */
@Injectable()
export class ContactFlow {
  constructor(
    private readonly guards: ContactGuards,
    private readonly writer: ContactWriter,
    private readonly lines: ContactLines,
    private readonly clock: Clock,
  ) {}

  /** To the person who asks. Without an open contact it begins one: staff write first. */
  async take(tx: Tx, thread: Thread, agent: Actor, path: 'claim' | 'reply' = 'claim'): Promise<void> {
    await this.hand(tx, thread, { to: agent, by: agent, path, override: false }, 'contact.taken');
  }

  /** To somebody else, by a person with the right to do so. */
  async assign(tx: Tx, thread: Thread, by: Actor, agent: Actor, override = false): Promise<void> {
    await this.hand(tx, thread, { to: agent, by, path: 'assignment', override }, 'contact.assigned');
  }

  /** Accepted, or given without asking: it is hers now. The giver of a transfer has it no longer. */
  async accept(
    tx: Tx,
    thread: Thread,
    agent: Actor,
    by: Actor | null,
    declinedBy: readonly string[] = [],
  ): Promise<void> {
    const giver = thread.assignee_id;
    await this.own(tx, thread, agent, by ?? agent, 'accepted', {
      declined_by: declinedBy,
      ...(giver === null ? {} : { transfers: (thread.transfers ?? 0) + 1 }),
    });
    if (giver === null) await this.lines.write(tx, thread, agent, 'contact.accepted');
    else await this.lines.write(tx, thread, by, 'contact.transferred', { agentName: agent.name });
  }

  /** Back to the queue, at the place of its first wait. Whoever gave it back is not asked again before the others. */
  async giveBack(
    tx: Tx,
    thread: Thread,
    by: Actor | null,
    activity: Activity = 'contact.returned',
    agentName?: string,
  ): Promise<void> {
    if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
    const leaver = thread.assignee_id;
    await this.enqueue(tx, thread, by, 'returned', {
      declined_by: leaver === null || by === null ? [] : [leaver],
      declined_at: leaver === null || by === null ? null : this.clock.date(),
    });
    await this.lines.write(tx, thread, by, activity, agentName === undefined ? {} : { agentName });
  }

  /** Into a queue, or once more into its own: routing looks at it anew. The first enqueuing stays. */
  async enqueue(tx: Tx, thread: Thread, by: Actor | null, reason: string, patch: ContactPatch = {}): Promise<void> {
    await endSegment(tx, thread.contact_id, reason);
    const queueId = (patch.queue_id as string | undefined) ?? thread.queue_id;
    await this.writer.move(tx, [
      {
        thread,
        to: 'queued',
        cause: reason,
        by: by?.agentId ?? null,
        patch: { assignee_id: null, ...freed, need_key: null, due_at: null, ...patch },
      },
    ]);
    await beginSegment(tx, thread.contact_id, 'queue', queueId);
    thread.assignee_name = null;
  }

  /** Another bot answers on. */
  async passToBot(tx: Tx, thread: Thread, bot: Named): Promise<void> {
    await endSegment(tx, thread.contact_id, 'passed');
    await this.writer.move(tx, [{ thread, to: 'bot', cause: 'passed', by: null, patch: {}, bot }]);
    await beginSegment(tx, thread.contact_id, 'bot', bot.id);
  }

  /** Her contact is over, without the time that a wrap-up takes; a new one begins, and a bot has it. */
  async returnToBot(tx: Tx, thread: Thread, by: Actor, bot: Named, said: WrapUpBody): Promise<void> {
    if (thread.assignee_id !== null) this.guards.current.finishing(thread, said);
    // Whoever waits goes on waiting: for the bot.
    const waiting = thread.waiting_since;
    await this.end(tx, thread, by, 'agent', 'contact.closed', said);
    await this.begin(tx, thread, bot);
    thread.waiting_since = waiting;
    await beginSegment(tx, thread.contact_id, 'bot', bot.id);
    await this.lines.write(tx, thread, by, 'contact.returnedToBot', { botName: bot.name });
  }

  /** Ends it, or begins its wrap-up where the queue has one. Closing what is closed does nothing. */
  async close(tx: Tx, thread: Thread, by: Actor, said: WrapUpBody = {}): Promise<boolean> {
    if (thread.contact_id === null) return false;
    if (thread.contact_state === 'wrapup') return this.finish(tx, thread, by, said).then(() => true);
    const seconds = thread.assignee_id === null ? 0 : this.guards.current.wrapUpSeconds(thread, said);
    if (seconds === 0) {
      if (thread.assignee_id !== null) this.guards.current.finishing(thread, said);
      const unserved = thread.assignee_id === null && thread.queue_id !== null && thread.first_accepted_at === null;
      await this.end(tx, thread, by, unserved ? 'abandoned' : 'agent', 'contact.closed', said);
      return true;
    }
    const until = new Date(this.clock.now() + seconds * 1000);
    await this.writer.move(tx, [
      {
        thread,
        to: 'wrapup',
        cause: 'wrapup',
        by: by.agentId,
        patch: { ...freed, wrapup_started_at: this.clock.date(), wrapup_until: until, due_at: until, ...saidOf(said) },
      },
    ]);
    thread.waiting_since = null;
    await this.lines.write(tx, thread, by, 'contact.wrapUp');
    return true;
  }

  /** The wrap-up is done, by her or by its timer. */
  async finish(tx: Tx, thread: Thread, by: Actor | null, said: WrapUpBody): Promise<void> {
    if (by) this.guards.current.finishing(thread, said);
    await this.end(tx, thread, by, 'agent', 'contact.closed', said);
  }

  /** Over, for whatever reason; an ended contact leaves the conversation. */
  async end(
    tx: Tx,
    thread: Thread,
    by: Actor | null,
    reason: string,
    activity: Activity,
    said: WrapUpBody = {},
  ): Promise<void> {
    await endSegment(tx, thread.contact_id, reason === 'abandoned' ? 'abandoned' : 'closed');
    const abandoned = reason === 'abandoned';
    const last = thread.assignee_id ?? by?.agentId ?? thread.last_assignee_id;
    const contactId = thread.contact_id;
    await this.lines.write(tx, thread, by, abandoned ? 'contact.abandoned' : activity);
    await this.writer.move(tx, [
      {
        thread,
        to: abandoned ? 'abandoned' : 'closed',
        cause: reason,
        by: by?.agentId ?? null,
        patch: {
          ...freed,
          due_at: null,
          closed_at: this.clock.date(),
          close_reason: reason,
          abandoned_at: abandoned ? this.clock.date() : null,
          ...saidOf(said),
        },
      },
    ]);
    if (contactId === null) return;
    thread.last_assignee_id = last;
    thread.contact_id = null;
    thread.contact_state = null;
    thread.queue_id = null;
    thread.assignee_id = null;
    thread.assignee_name = null;
    thread.waiting_since = null;
  }

  /** An agent has written to the customer: the last word is ours, whatever was put aside is in hand again. */
  async answered(tx: Tx, thread: Thread, at: Date): Promise<void> {
    const isFirst = thread.first_human_reply_at === null;
    thread.first_human_reply_at ??= at;
    const silence = this.guards.current.silenceSeconds(thread);
    if (thread.contact_state !== null && ['held', 'snoozed', 'wrapup'].includes(thread.contact_state)) {
      await this.writer.move(tx, [
        { thread, to: 'active', cause: 'answered', by: thread.assignee_id, patch: { ...freed, due_at: null } },
      ]);
    }
    if (!isFirst && silence === null && thread.closes_at === null) return;
    thread.closes_at = null;
    await tx.prepared(
      'contacts.answered',
      `update contacts set first_human_reply_at = coalesce(first_human_reply_at, $2), closes_at = null,
         due_at = case when offered_to is null then $2::timestamptz + $3 * interval '1 second' else due_at end
       where id = $1`,
      [thread.contact_id, at, silence],
    );
  }

  /** An agent's words were taken back before they left: whoever waited for them waits again, since when she did. */
  async unanswered(tx: Tx, thread: Thread, takenBack: { contact_id: string | null }): Promise<void> {
    if (thread.contact_id === null || thread.contact_id !== takenBack.contact_id) return;
    // She has ended it meanwhile: nobody is kept waiting in a wrap-up.
    if (thread.contact_state === 'wrapup') return;
    const [left] = await tx.query<{ waiting_since: Date | null; first_reply: Date | null }>(
      `with ours as (
         select seq, author_kind, created_at from messages where conversation_id = $1 and contact_id = $2 and kind = 'message'
           and author_kind in ('agent', 'bot') and delivery is distinct from 'cancelled'
       )
       select (select min(created_at) from messages where conversation_id = $1 and contact_id = $2
                 and author_kind = 'customer' and seq > coalesce((select max(seq) from ours), 0)) as waiting_since,
              (select min(created_at) from ours where author_kind = 'agent') as first_reply`,
      [thread.id, thread.contact_id],
    );
    thread.waiting_since = left!.waiting_since;
    thread.first_human_reply_at = left!.first_reply;
    if (thread.waiting_since !== null) thread.closes_at = null;
    await tx.query(
      `update contacts set first_human_reply_at = $2, closes_at = case when $3 then null else closes_at end,
         due_at = case when $3 and state = 'active' and offered_to is null then null else due_at end
       where id = $1`,
      [thread.contact_id, thread.first_human_reply_at, thread.waiting_since !== null],
    );
  }

  private async hand(tx: Tx, thread: Thread, handing: Handing, activity: Activity): Promise<void> {
    if (thread.contact_id === null) await this.begin(tx, thread);
    await this.guards.current.handing(tx, thread, handing);
    const { to, by } = handing;
    const changesHands = thread.assignee_id === null ? {} : { transfers: (thread.transfers ?? 0) + 1 };
    await this.own(tx, thread, to, by, 'accepted', changesHands);
    const more = activity === 'contact.assigned' ? { agentName: to.name } : {};
    await this.lines.write(tx, thread, by, activity, more);
  }

  private async own(tx: Tx, thread: Thread, to: Actor, by: Actor, end: string, patch: ContactPatch): Promise<void> {
    const fromBot = thread.contact_state === 'bot';
    if (thread.assignee_id !== null) end = 'transferred';
    else if (fromBot) end = 'takenOver';
    await endSegment(tx, thread.contact_id, end);
    const accepted = thread.first_accepted_at ?? this.clock.date();
    await this.writer.move(tx, [
      {
        thread,
        to: 'active',
        cause: end,
        by: by.agentId,
        patch: {
          assignee_id: to.agentId,
          queue_id: thread.queue_id,
          ...freed,
          due_at: null,
          first_accepted_at: accepted,
          // Her customer asked for somebody and waited for nobody.
          ...(fromBot ? { enqueued_at: this.clock.date() } : {}),
          ...patch,
        },
      },
    ]);
    await beginSegment(tx, thread.contact_id, 'agent', to.agentId);
    thread.last_assignee_id = to.agentId;
    thread.assignee_name = to.name;
    thread.first_accepted_at = accepted;
  }

  /** A contact that no customer asked for: it never waited, so it has no time of enqueuing. */
  private async begin(tx: Tx, thread: Thread, bot: Named | null = null): Promise<void> {
    const state = bot === null ? 'queued' : 'bot';
    const [contact] = await tx.query<{ id: string; created_at: Date }>(
      `insert into contacts (conversation_id, account_id, state, bot_id) values ($1, $2, $3, $4) returning id, created_at`,
      [thread.id, thread.account_id, state, bot?.id ?? null],
    );
    thread.contact_id = contact!.id;
    thread.contact_state = state;
    thread.bot_id = bot?.id ?? null;
    thread.bot_name = bot?.name ?? null;
    thread.ownership = 0;
    thread.contact_weight = 1;
    thread.contact_priority = 'normal';
    thread.contact_created_at = contact!.created_at;
    thread.enqueued_at = null;
    thread.first_accepted_at = null;
    thread.first_human_reply_at = null;
    thread.queue_id = null;
    thread.offered_to = null;
    thread.transfers = 0;
    thread.disposition_id = null;
  }
}

function saidOf({ dispositionId, note }: WrapUpBody): ContactPatch {
  return {
    ...(dispositionId === undefined ? {} : { disposition_id: dispositionId }),
    ...(note === undefined ? {} : { disposition_note: note }),
  };
}
