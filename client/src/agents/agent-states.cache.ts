import type { AgentStateView } from '#libs/contracts/index.js';

/** The newer of two views of one agent; of the same version the later one, because what she holds may have changed. */
export function newerState(known: AgentStateView | undefined, told: AgentStateView): AgentStateView {
  return known !== undefined && known.version > told.version ? known : told;
}

/** News into the list. Whoever is not in it is nobody whom this screen was given. */
export function applyStates(list: AgentStateView[], told: AgentStateView[]): AgentStateView[] {
  const newest = new Map(told.map((state) => [state.agentId, state]));
  if (!list.some(({ agentId }) => newest.has(agentId))) return list;
  return list.map((known) => {
    const state = newest.get(known.agentId);
    return state === undefined ? known : newerState(known, state);
  });
}

/** What the person is told of herself: `ready` stands for everything in which she only has to wait for work. */
export type ShownState = 'ready' | 'full' | 'after_contact' | 'away' | 'not_responding' | 'grace';

/** Her own line decides whether she is connected: the server knows of a lost one later than she does. */
export function shownState(view: AgentStateView, lineLost: boolean): ShownState {
  if (lineLost) return 'grace';
  if (view.notResponding) return 'not_responding';
  if (view.routing === 'not_ready') return 'away';
  return view.state === 'full' || view.state === 'after_contact' ? view.state : 'ready';
}
