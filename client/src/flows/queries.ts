import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';

export const flowKeys = { flow: (botId: string) => ['flow', botId] as const };

/** Null before the first version. */
export const flowQuery = (botId: string) =>
  queryOptions({ queryKey: flowKeys.flow(botId), queryFn: ({ signal }) => api.flow(botId, signal), staleTime: 0 });
