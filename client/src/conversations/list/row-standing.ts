import type { ContactView } from '#libs/contracts/index.js';

/** The one thing to say of a contact in a list, most telling first. */
export type RowStanding =
  'closed' | 'bot' | 'queued' | 'offered' | 'transfer' | 'held' | 'snoozed' | 'wrapup' | 'mine' | 'active';

export function standingOf(contact: ContactView | null, me: string): RowStanding {
  if (contact === null || contact.state === 'closed' || contact.state === 'abandoned') return 'closed';
  const { state, assignee, offeredTo } = contact;
  if (state === 'bot') return 'bot';
  if (offeredTo !== null) return assignee === null ? 'offered' : 'transfer';
  if (state === 'held' || state === 'snoozed' || state === 'wrapup') return state;
  if (assignee === null) return 'queued';
  return assignee.id === me ? 'mine' : 'active';
}
