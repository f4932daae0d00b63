import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ReplayView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';

const AGAIN_MS = 1_000;

export const replayKeys = {
  all: ['replays'] as const,
  list: (botIds: readonly string[]) => ['replays', 'list', ...botIds] as const,
  one: (botId: string, id: string) => ['replays', 'one', botId, id] as const,
  turns: (botId: string, id: string, differing: boolean, done: number) =>
    ['replays', 'turns', botId, id, differing, done] as const,
};

export const isPlaying = ({ state }: ReplayView): boolean => state === 'waiting' || state === 'running';

/** Of several bots, newest first; while one is played, asked for again. */
export const replaysQuery = (botIds: readonly string[]) =>
  queryOptions({
    queryKey: replayKeys.list(botIds),
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(botIds.map((id) => api.replays(id, signal)));
      // One that compares two bots stands with both.
      const known = new Map(lists.flat().map((replay) => [replay.id, replay]));
      return [...known.values()].sort((one, other) => Number(other.id) - Number(one.id));
    },
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isPlaying) ? AGAIN_MS : false),
  });

export const replayQuery = (botId: string, id: string) =>
  queryOptions({
    queryKey: replayKeys.one(botId, id),
    queryFn: ({ signal }) => api.replay(botId, id, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isPlaying(state.data) ? AGAIN_MS : false),
  });

export const replayTurnsQuery = (botId: string, id: string, differing: boolean, done: number) =>
  infiniteQueryOptions({
    queryKey: replayKeys.turns(botId, id, differing, done),
    queryFn: ({ pageParam, signal }) => api.replayTurns(botId, id, differing, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    staleTime: 60_000,
  });

export const flowVersionsQuery = (botId: string, isFlow: boolean) =>
  queryOptions({
    queryKey: ['flow-versions', botId],
    queryFn: ({ signal }) => api.flowVersions(botId, signal),
    enabled: isFlow,
    staleTime: 10_000,
  });
