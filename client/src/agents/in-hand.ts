import { isAvailable, type AgentStateView, type ContactState, type ConversationRow } from '#libs/contracts/index.js';
import { listQuery } from '../conversations/queries.js';

/** The agent's own conversations, whatever list is on the screen; kept right by news. */
export function myListQuery(me: string) {
  return listQuery({ view: 'mine', order: 'waiting', me, accountId: undefined });
}

const states: readonly ContactState[] = ['active', 'waiting', 'held'];

/** What would be left behind by whoever goes: not a wrap-up, which ends by itself, and not what is put aside. */
export function inHand(rows: readonly ConversationRow[], me: string): ConversationRow[] {
  return rows.filter(({ contact }) => contact?.assignee?.id === me && states.includes(contact.state));
}

/** Colleagues who can be asked now, the one with most room first. */
export function takers(colleagues: readonly AgentStateView[], me: string): (AgentStateView & { free: number })[] {
  return colleagues
    .filter((state) => state.agentId !== me && isAvailable(state))
    .map((state) => ({ ...state, free: state.capacity - (state.used ?? 0) }))
    .filter(({ free }) => free > 0)
    .sort((a, b) => b.free - a.free || a.name.localeCompare(b.name, 'ja'));
}
