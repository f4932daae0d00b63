import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { statesQuery } from '../agents/queries.js';
import { keys as conversationKeys } from '../conversations/queries.js';
import { agents } from '../desk.js';
import { api } from '../http/api.js';
import { peopleOf, type Person } from './people.js';

/** Who works here changes while the console stays open all day. */
const NAMES_STAY_MS = 60_000;

/** Colleagues as they are, live as long as somebody looks. */
export function usePeople(): { people: Person[] | undefined; failed: boolean } {
  useEffect(() => agents.look(), []);
  const states = useQuery(statesQuery(agents.watch));
  const known = useQuery({ queryKey: conversationKeys.agents, queryFn: api.agents, staleTime: NAMES_STAY_MS });
  const people = useMemo(
    () => (known.data && states.data ? peopleOf(known.data, states.data) : undefined),
    [known.data, states.data],
  );
  return { people, failed: people === undefined && (states.isError || known.isError) };
}

/** How somebody is called, from her id. */
export function useAgentName(id: string | null): string | null {
  const { data } = useQuery({
    queryKey: conversationKeys.agents,
    queryFn: api.agents,
    staleTime: NAMES_STAY_MS,
    enabled: id !== null,
  });
  return data?.find((agent) => agent.id === id)?.name ?? null;
}
