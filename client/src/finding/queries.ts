import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SearchAnswer } from '#libs/contracts/index.js';
import { api, type SearchQuery } from '../http/api.js';

const FRESH_MS = 15_000;
const KEPT_MS = 60_000;

export const savedViewsKey = ['saved-views'] as const;

export function savedViewsQuery() {
  return queryOptions({ queryKey: savedViewsKey, queryFn: ({ signal }) => api.savedViews(signal) });
}

export function searchQuery(asked: SearchQuery) {
  return infiniteQueryOptions({
    queryKey: ['search', asked] as const,
    queryFn: ({ signal, pageParam }) => api.search({ ...asked, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: SearchAnswer) => nextOf(last, asked),
    enabled: asked.q !== '',
    // Others write meanwhile: what was found a while ago is looked for again.
    staleTime: FRESH_MS,
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function nextOf(answer: SearchAnswer, { kind }: SearchQuery): string | undefined {
  if (kind !== 'messages' && kind !== 'notes') return undefined;
  return answer[kind]?.nextCursor ?? undefined;
}
