import type { ListOrder, View } from '#libs/contracts/index.js';

/** What the address says beside the open conversation. */
export interface ConsoleSearch {
  view: View;
  order: ListOrder;
  account?: string | undefined;
}

export const views = ['mine', 'unassigned', 'queue', 'all'] as const satisfies View[];
export const orders = ['waiting', 'newest'] as const satisfies ListOrder[];
export const searchDefaults = { view: 'mine', order: 'waiting' } as const;

/** An address may be typed by hand: whatever is not known falls back to what is usual. */
export function validateSearch(search: Record<string, unknown>): Partial<ConsoleSearch> {
  const account = search['account'];
  return {
    view: views.find((view) => view === search['view']) ?? searchDefaults.view,
    order: orders.find((order) => order === search['order']) ?? searchDefaults.order,
    ...(typeof account === 'string' || typeof account === 'number' ? { account: String(account) } : {}),
  };
}
