import { queryOptions } from '@tanstack/react-query';
import type { AgentStateView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { newerState } from './agent-states.cache.js';

export const agentKeys = {
  mine: ['my-state'] as const,
  states: ['agent-states'] as const,
  staff: ['staff'] as const,
  skills: ['skills'] as const,
};

export function myStateQuery() {
  return queryOptions({
    queryKey: agentKeys.mine,
    queryFn: ({ signal }) => api.myState(signal),
    // The answer may have been read before news that are already on the screen.
    structuralSharing: (old, fresh) => newerState(old as AgentStateView | undefined, fresh as AgentStateView),
  });
}

/** @param watch from then on changes are heard; asked for first, so that nothing falls between */
export function statesQuery(watch: () => Promise<void>) {
  return queryOptions({
    queryKey: agentKeys.states,
    queryFn: async ({ signal }) => {
      await watch();
      return await api.agentStates(signal);
    },
    structuralSharing: (old, fresh) => {
      const known = new Map(((old ?? []) as AgentStateView[]).map((state) => [state.agentId, state]));
      return (fresh as AgentStateView[]).map((state) => newerState(known.get(state.agentId), state));
    },
  });
}

export const staffQuery = () => queryOptions({ queryKey: agentKeys.staff, queryFn: api.staff, staleTime: 0 });
export const skillsQuery = () => queryOptions({ queryKey: agentKeys.skills, queryFn: api.skills, staleTime: 0 });
