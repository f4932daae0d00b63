import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { Permission, SessionView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { setServerClock } from '../time/clock.js';

/** Null: nobody is signed in. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'] as const,
    queryFn: (): Promise<SessionView | null> =>
      timed(api.session).catch((error: unknown) => {
        if (toApiError(error).status === 401) return null;
        throw error;
      }),
  });
}

/** Asks for a session and takes the server's time from the answer. */
export async function timed(ask: () => Promise<SessionView>): Promise<SessionView> {
  const askedAt = Date.now();
  const session = await ask();
  setServerClock(session.now, askedAt, Date.now());
  return session;
}

export function sessionOf(client: QueryClient): SessionView | null {
  return client.getQueryData(sessionQuery().queryKey) ?? null;
}

export function useSessionQuery() {
  return useQuery(sessionQuery());
}

export const SessionContext = createContext<SessionView | null>(null);

/** Inside the console somebody is always signed in. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (session === null) throw new Error('outside of a session');
  return session;
}

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
