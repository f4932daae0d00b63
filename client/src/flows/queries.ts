import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';

export const flowKeys = {
  bots: ['bots', 'all'] as const,
  flow: (botId: string) => ['flow', botId] as const,
};

export const botsQuery = () =>
  queryOptions({ queryKey: flowKeys.bots, queryFn: ({ signal }) => api.bots(signal), staleTime: 0 });

/** Null before the first version. */
export const flowQuery = (botId: string) =>
  queryOptions({ queryKey: flowKeys.flow(botId), queryFn: ({ signal }) => api.flow(botId, signal), staleTime: 0 });
