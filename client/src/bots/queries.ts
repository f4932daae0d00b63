import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';
import { serverNow } from '../time/clock.js';

/** Circuits open and numbers rise while somebody looks. */
const LOOK_AGAIN_MS = 10_000;

export const botKeys = {
  all: ['bots'] as const,
  list: ['bots', 'list'] as const,
  accounts: ['bots', 'accounts'] as const,
  containment: (accountId: string) => ['bots', 'containment', accountId] as const,
  turns: (id: string) => ['bots', 'turns', id] as const,
  ideas: (conversationId: string, lastSeq: number) => ['bot-ideas', conversationId, lastSeq] as const,
};

export function botsQuery() {
  return queryOptions({
    queryKey: botKeys.list,
    queryFn: ({ signal }) => api.bots(signal),
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function accountBotsQuery() {
  return queryOptions({ queryKey: botKeys.accounts, queryFn: ({ signal }) => api.accountBots(signal), staleTime: 0 });
}

const DAY_MS = 24 * 60 * 60_000;

/** Of the last 24 hours. */
export function containmentQuery(accountId: string) {
  return queryOptions({
    queryKey: botKeys.containment(accountId),
    queryFn: ({ signal }) => {
      const now = serverNow();
      const [from, to] = [now - DAY_MS, now].map((at) => new Date(at).toISOString()) as [string, string];
      return api.botContainment(accountId, from, to, signal);
    },
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Asked when somebody wants them; what was said since makes others of them. */
export function ideasQuery(conversationId: string, lastSeq: number) {
  return queryOptions({
    queryKey: botKeys.ideas(conversationId, lastSeq),
    queryFn: ({ signal }) => api.botIdeas(conversationId, signal),
    gcTime: 60_000,
    retry: false,
  });
}
