import type { ContactState } from '#libs/contracts/index.js';

/** States that a row in the database can have; `waiting` is read from who spoke last. */
export type StoredState = Exclude<ContactState, 'waiting'>;

/** The whole machine. What is not here cannot happen; a closed contact is never opened again. */
const ways: Record<StoredState, readonly StoredState[]> = {
  bot: ['bot', 'queued', 'active', 'closed'],
  queued: ['queued', 'offered', 'active', 'snoozed', 'closed', 'abandoned'],
  offered: ['queued', 'active', 'closed', 'abandoned'],
  active: ['active', 'queued', 'held', 'snoozed', 'wrapup', 'closed'],
  held: ['active', 'queued', 'snoozed', 'wrapup', 'closed'],
  snoozed: ['active', 'queued', 'closed'],
  wrapup: ['active', 'queued', 'closed'],
  closed: [],
  abandoned: [],
};

export function mayBecome(from: StoredState, to: StoredState): boolean {
  return ways[from].includes(to) || (from === to && ways[from].length > 0);
}

/** Somebody's slot is in use: hers who has it, or hers to whom it is being offered. */
export const slotStates = ['active', 'held', 'wrapup'] as const satisfies readonly StoredState[];
