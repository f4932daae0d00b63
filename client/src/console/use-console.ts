import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { searchDefaults, type ConsoleSearch } from './search.js';

/** Another conversation is not read around a message of the former. */
const atItsEnd = ({ message: _, ...rest }: Partial<ConsoleSearch>): Partial<ConsoleSearch> => rest;

/** Where in the console somebody is, and how to go elsewhere. The address is the only state. */
export function useConsole() {
  const search = useSearch({ strict: false });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const place: ConsoleSearch = {
    view: search.view ?? searchDefaults.view,
    order: search.order ?? searchDefaults.order,
    account: search.account,
    message: search.message,
    inQueue: search.inQueue,
    of: search.of,
    unanswered: search.unanswered,
    labelled: search.labelled,
    only: search.only,
  };
  const open = useCallback(
    (id: string, replace = false) =>
      void navigate({ to: '/c/$conversationId', params: { conversationId: id }, search: atItsEnd, replace }),
    [navigate],
  );
  const leave = useCallback(() => void navigate({ to: '/', search: atItsEnd }), [navigate]);
  const choose = useCallback(
    (change: Partial<ConsoleSearch>) => void navigate({ to: '.', search: (old) => ({ ...old, ...change }) }),
    [navigate],
  );
  return { ...place, conversationId, open, leave, choose };
}
