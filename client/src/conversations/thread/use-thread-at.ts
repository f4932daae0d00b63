import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { conversations } from '../../desk.js';
import { isGone, threadQuery, windowQuery } from '../queries.js';
import { threadOfWindow, type PastWindow } from '../window.cache.js';

/** The thread, or what stands around a message of an earlier time until that has grown together with it. */
export function useThreadAt(conversationId: string, message: string | undefined, enabled: boolean) {
  const thread = useQuery({ ...threadQuery(conversationId, conversations.watch), enabled });
  const loaded = thread.data?.messages.some(({ id }) => id === message) ?? false;
  const wanted = message !== undefined && thread.data !== undefined && !loaded;
  const around = useQuery({ ...windowQuery(conversationId, message ?? ''), enabled: enabled && wanted });
  const past: PastWindow | undefined = wanted ? around.data : undefined;
  useEffect(() => {
    if (past) conversations.threads.join(conversationId, past.target);
  }, [conversationId, past]);
  const missing = wanted && isGone(around.error);
  return {
    /** Undefined until what is to be shown first is there. */
    shown: past && thread.data ? threadOfWindow(past, thread.data) : wanted && !missing ? undefined : thread.data,
    past: past && thread.data ? { window: past, lastSeq: thread.data.lastSeq } : null,
    target: message !== undefined && !missing ? message : null,
    missing,
    error: thread.error ?? (missing ? null : around.error),
    isError: thread.isError || (wanted && around.isError && !missing),
    isFetching: thread.isFetching || around.isFetching,
    retry: () => {
      if (thread.isError) void thread.refetch();
      if (around.isError) void around.refetch();
    },
  };
}
