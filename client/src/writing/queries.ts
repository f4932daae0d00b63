import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';

/** Who may read it changes with whoever serves it: asked anew each time a note names somebody after a while. */
export function readersQuery(conversationId: string) {
  return queryOptions({
    queryKey: ['readers', conversationId],
    queryFn: ({ signal }) => api.readers(conversationId, signal),
    staleTime: 30_000,
  });
}

export function notificationsQuery() {
  return queryOptions({ queryKey: ['notifications'], queryFn: ({ signal }) => api.notifications(null, signal) });
}
