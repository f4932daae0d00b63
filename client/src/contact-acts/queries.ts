import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ContactView, QueueSummary } from '#libs/contracts/index.js';
import { skillsQuery } from '../agents/queries.js';
import { api } from '../http/api.js';
import { queuesQuery } from '../queues/queries.js';

const NAMES_STAY_MS = 5 * 60_000;
/** News of a queue go to its members and to whoever may assign; somebody who only looks for one to hand over to asks. */
const ASK_AGAIN_MS = 5_000;

const keys = {
  decisions: (id: string, stamp: string) => ['decisions', id, stamp] as const,
};

/** For their names. */
export function queueNamesQuery() {
  return { ...queuesQuery(), staleTime: NAMES_STAY_MS };
}

/** As they are now, while somebody looks. */
export function queuesNowQuery() {
  return { ...queuesQuery(), staleTime: 0, refetchInterval: ASK_AGAIN_MS };
}

export function skillNamesQuery() {
  return { ...skillsQuery(), staleTime: NAMES_STAY_MS };
}

/** Asked anew whenever the contact went from hand to hand. */
export function decisionsQuery(id: string, contact: ContactView | null) {
  const stamp = [contact?.id, contact?.state, contact?.assignee?.id, contact?.offeredTo, contact?.transfers].join(' ');
  return queryOptions({
    queryKey: keys.decisions(id, stamp),
    queryFn: ({ signal }) => api.decisions(id, signal),
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: (shown) => shown,
  });
}

/** The queue of a contact, for its name and its dispositions; undefined while it is not known, and where there is none. */
export function useQueueOf(contact: ContactView | null): QueueSummary | undefined {
  const queueId = contact?.queueId ?? null;
  const { data } = useQuery({ ...queueNamesQuery(), enabled: queueId !== null });
  return queueId === null ? undefined : data?.find(({ id }) => id === queueId);
}
