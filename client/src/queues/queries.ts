import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ConversationRow, QueueSummary } from '#libs/contracts/index.js';
import type { Team } from '../conversations/list.cache.js';
import { api } from '../http/api.js';

export const queueKeys = {
  list: ['queues'] as const,
  mine: ['my-queues'] as const,
  rules: (id: string) => ['queue-rules', id] as const,
  allRules: ['queue-rules'] as const,
};

export function queuesQuery() {
  return queryOptions({ queryKey: queueKeys.list, queryFn: ({ signal }) => api.queues(signal) });
}

export function myQueuesQuery() {
  return queryOptions({ queryKey: queueKeys.mine, queryFn: ({ signal }) => api.myQueues(signal) });
}

interface TeamAnswer {
  /** Undefined until it is known what the team's list is made of. */
  team: Team | undefined;
  failed: boolean;
  busy: boolean;
  retry: () => void;
}

export function useTeam(): TeamAnswer {
  const summaries = useQuery({ ...queuesQuery(), select: facesOf });
  const mine = useQuery(myQueuesQuery());
  const team = useMemo(
    () => summaries.data && mine.data && teamOf(summaries.data, mine.data),
    [summaries.data, mine.data],
  );
  const both = [summaries, mine];
  return {
    team,
    failed: team === undefined && both.some(({ isError }) => isError),
    busy: both.some(({ isFetching }) => isFetching),
    retry: () => both.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch()),
  };
}

/** Sorted, because it is part of what a list is known by. */
export function teamOf(summaries: readonly QueueFace[], mine: readonly string[]): Team {
  const accounts = summaries.filter(({ id }) => mine.includes(id)).flatMap(({ accountIds }) => accountIds);
  return { queueIds: mine.toSorted(), accountIds: [...new Set(accounts)].toSorted() };
}

/** The name of the queue that a conversation's open contact is in; null: in none, or not known yet. */
export function useQueueName(): (row: ConversationRow) => string | null {
  const { data = none } = useQuery({ ...queuesQuery(), select: facesOf });
  return ({ accountId, contact }) => {
    if (contact === null) return null;
    // One that has just begun has no queue yet: its account says which one it will be.
    const queue =
      contact.queueId === null && contact.assignee === null
        ? data.find(({ accountIds }) => accountIds.includes(accountId))
        : data.find(({ id }) => id === contact.queueId);
    return queue?.name ?? null;
  };
}

type QueueFace = Pick<QueueSummary, 'id' | 'name' | 'accountIds'>;

const none: QueueFace[] = [];

/** What of a queue seldom changes: its numbers do each second, and nobody who only wants its name is drawn anew for them. */
function facesOf(summaries: QueueSummary[]): QueueFace[] {
  return summaries.map(({ id, name, accountIds }) => ({ id, name, accountIds }));
}
