import { queryOptions } from '@tanstack/react-query';
import type { QueueView } from '#libs/contracts/index.js';
import { api } from '../../http/api.js';
import { queueKeys } from '../../queues/queries.js';

export const adminKeys = {
  ofAgent: (id: string) => ['queues-of-agent', id] as const,
  accounts: ['accounts'] as const,
};

export const rulesQuery = (id: string) =>
  queryOptions({
    queryKey: queueKeys.rules(id),
    queryFn: ({ signal }) => api.queue(id, signal),
    staleTime: 0,
    // An answer that was on its way while one's own save was answered is the older one.
    structuralSharing: (old, fresh) => newerRules(old as QueueView | undefined, fresh as QueueView),
  });

export const accountsQuery = () =>
  queryOptions({ queryKey: adminKeys.accounts, queryFn: api.accounts, staleTime: 60_000 });

export const queuesOfAgentQuery = (id: string) =>
  queryOptions({
    queryKey: adminKeys.ofAgent(id),
    queryFn: ({ signal }) => api.queuesOfAgent(id, signal),
    staleTime: 0,
  });

function newerRules(known: QueueView | undefined, fresh: QueueView): QueueView {
  return known !== undefined && known.version > fresh.version ? known : fresh;
}
