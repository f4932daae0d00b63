import type { ListOrder } from './conversations.js';
import type { SearchState } from './search.js';

/** What narrows the list of all conversations; at least one of them is given. */
export interface ListFilters {
  /** Only this account's. */
  account: string | null;
  /** Open contacts that belong to this queue. */
  queue: string | null;
  /** Open contacts of this agent; `me` is whoever looks, `none` what nobody has. */
  agent: string | null;
  /** Only where the customer waits for an answer (未対応). */
  unanswered: boolean;
  /** Conversations that have this label. */
  label: string | null;
  /** `closed` goes with an account and a label: what is over is in no queue, and nobody's. */
  state: SearchState | null;
}

/** 保存済み: filters with a name. */
export interface SavedView {
  id: string;
  name: string;
  /** Everybody sees it; whoever has `view.share` changes it. */
  shared: boolean;
  filters: ListFilters;
  order: ListOrder;
}

export interface SavedViewBody {
  name: string;
  shared: boolean;
  filters: ListFilters;
  order: ListOrder;
}

export interface EditSavedViewBody {
  name?: string;
  filters?: ListFilters;
  order?: ListOrder;
}

/** Ids in the order in which they are to stand: one's own, or the shared ones. */
export interface OrderSavedViewsBody {
  shared: boolean;
  ids: string[];
}

export const savedViewLimits = { name: 40, count: 30 } as const;
