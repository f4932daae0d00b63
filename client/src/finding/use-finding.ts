import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ConsoleSearch, Finding } from '../console/search.js';

/** What somebody is searching for; the address is the only state. */
export function useFinding() {
  const { q, kind, queue, agent, state, label, since, until, days, media, account } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (what: Finding, replace = true) =>
      void navigate({ to: '.', search: (old) => ({ ...old, ...what }), replace, resetScroll: false }),
    [navigate],
  );
  /** On a phone the open conversation makes room for the search. */
  const begin = useCallback(
    (phone: boolean) => void navigate({ to: phone ? '/' : '.', search: (old) => ({ ...old, q: old.q ?? '' }) }),
    [navigate],
  );
  const end = useCallback(() => void navigate({ to: '.', search: withoutFinding }), [navigate]);
  const openMessage = useCallback(
    (conversationId: string, message?: string) =>
      void navigate({ to: '/c/$conversationId', params: { conversationId }, search: (old) => ({ ...old, message }) }),
    [navigate],
  );
  return {
    finding: { q, kind, queue, agent, state, label, since, until, days, media } satisfies Finding,
    account,
    change,
    begin,
    end,
    openMessage,
  };
}

function withoutFinding(search: Partial<ConsoleSearch>): Partial<ConsoleSearch> {
  const {
    q: _q,
    kind: _kind,
    queue: _queue,
    agent: _agent,
    state: _state,
    label: _label,
    since: _since,
    until: _until,
    days: _days,
    media: _media,
    ...rest
  } = search;
  return rest;
}
