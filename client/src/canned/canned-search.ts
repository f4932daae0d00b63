import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CannedResponse, CannedScope } from '#libs/contracts/index.js';

/** Readings and romaji are asked for with the first menu that is opened. */
function rankingQuery() {
  return queryOptions({
    queryKey: ['code', 'ranking'],
    queryFn: () => import('../matching/ranking.js'),
    gcTime: Infinity,
  });
}

const nearness: Record<CannedScope, number> = { personal: 0, queue: 1, account: 2 };

/** What is sent often first; of equals, one's own before the queue's before the account's. */
export function byUse(responses: readonly CannedResponse[]): CannedResponse[] {
  return responses
    .toSorted(
      (a, b) =>
        nearness[a.scope] - nearness[b.scope] || a.name.localeCompare(b.name, 'ja') || Number(a.id) - Number(b.id),
    )
    .toSorted((a, b) => b.uses - a.uses);
}

/** By these it is found, the first of them without a malus: a shortcut that was typed whole stands on top. */
export function namesOf({ shortcut, name, reading }: CannedResponse): string[] {
  return [shortcut ?? '', name, reading];
}

type Search = (typed: string, most?: number) => CannedResponse[];

/** Undefined until it can be searched. */
export function useCannedSearch(responses: readonly CannedResponse[] | undefined): Search | undefined {
  const { data: ranking } = useQuery(rankingQuery());
  return useMemo(
    () => responses && ranking?.searchIn(byUse(responses), { names: namesOf, often: ({ uses }) => uses }),
    [responses, ranking],
  );
}
