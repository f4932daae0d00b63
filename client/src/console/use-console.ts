import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { searchDefaults, type ConsoleSearch } from './search.js';

/** Where in the console somebody is, and how to go elsewhere. The address is the only state. */
export function useConsole() {
  const search = useSearch({ strict: false });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const place: ConsoleSearch = {
    view: search.view ?? searchDefaults.view,
    order: search.order ?? searchDefaults.order,
    account: search.account,
  };
  const open = useCallback(
    (id: string, replace = false) =>
      void navigate({ to: '/c/$conversationId', params: { conversationId: id }, search: (old) => old, replace }),
    [navigate],
  );
  const leave = useCallback(() => void navigate({ to: '/', search: (old) => old }), [navigate]);
  const choose = useCallback(
    (change: Partial<ConsoleSearch>) => void navigate({ to: '.', search: (old) => ({ ...old, ...change }) }),
    [navigate],
  );
  return { ...place, conversationId, open, leave, choose };
}
