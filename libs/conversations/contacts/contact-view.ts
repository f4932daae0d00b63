import type { ContactView, Priority } from '#libs/contracts/index.js';
import type { StoredState } from './contact-states.js';

/** What of a contact its view shows, as the database has it. */
export interface ContactRow {
  id: string;
  state: StoredState;
  assignee_id: string | null;
  assignee_name: string | null;
  bot_id: string | null;
  bot_name: string | null;
  queue_id: string | null;
  priority: Priority;
  offered_to: string | null;
  enqueued_at: Date | null;
  first_accepted_at: Date | null;
  first_human_reply_at: Date | null;
  snoozed_until: Date | null;
  wrapup_until: Date | null;
  closes_at: Date | null;
  disposition_id: string | null;
  transfers: number;
  closed_at: Date | null;
  created_at: Date;
}

/** @param answered the last word is ours */
export function toContactView(row: ContactRow, answered: boolean): ContactView {
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    id: row.id,
    state: row.state === 'active' && answered && row.first_human_reply_at !== null ? 'waiting' : row.state,
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    bot: row.bot_id === null ? null : { id: row.bot_id, name: row.bot_name ?? '' },
    queueId: row.queue_id,
    priority: row.priority,
    offeredTo: row.offered_to,
    enqueuedAt: (row.enqueued_at ?? row.created_at).toISOString(),
    acceptedAt: time(row.first_accepted_at),
    firstReplyAt: time(row.first_human_reply_at),
    snoozedUntil: row.state === 'snoozed' ? time(row.snoozed_until) : null,
    wrapUpUntil: row.state === 'wrapup' ? time(row.wrapup_until) : null,
    closesAt: time(row.closes_at),
    dispositionId: row.disposition_id,
    transfers: row.transfers,
    closedAt: time(row.closed_at),
  };
}
