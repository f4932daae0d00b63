import type { SavedView } from '#libs/contracts/index.js';
import type { ConsoleSearch } from '../console/search.js';

/** The filters of the list as the address says them. */
const names = ['inQueue', 'of', 'unanswered', 'labelled', 'only'] as const;
export type Narrowing = Pick<ConsoleSearch, (typeof names)[number]>;

export const isNarrow = (at: Narrowing): boolean => names.some((name) => at[name] !== undefined);

/** All of the list again. */
export const wide: Narrowing = Object.fromEntries(names.map((name) => [name, undefined]));

/** What a saved view makes of the address. */
export function placeOf({ filters, order }: Pick<SavedView, 'filters' | 'order'>) {
  return {
    view: 'all' as const,
    order,
    account: filters.account ?? undefined,
    inQueue: filters.queue ?? undefined,
    of: filters.agent ?? undefined,
    unanswered: filters.unanswered ? (true as const) : undefined,
    labelled: filters.label ?? undefined,
    only: filters.state ?? undefined,
  };
}

/** The saved view that the list shows now, if it is one. */
export function shownView(views: readonly SavedView[], at: ConsoleSearch): SavedView | undefined {
  if (at.view !== 'all') return undefined;
  return views.find((view) => {
    const place = placeOf(view);
    return (['order', 'account', ...names] as const).every((key) => place[key] === at[key]);
  });
}

/** Another place for one of them, `by` steps on. */
export function moved<T>(all: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  if (from < 0 || to < 0 || to >= all.length) return [...all];
  const rest = all.toSpliced(from, 1);
  return rest.toSpliced(to, 0, all[from]!);
}
