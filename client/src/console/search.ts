import { searchKinds, type ListOrder, type SearchKind, type SearchState, type View } from '#libs/contracts/index.js';

/** What is looked for; without `q` nobody is searching. */
export interface Finding {
  q?: string | undefined;
  kind?: SearchKind | undefined;
  queue?: string | undefined;
  agent?: string | undefined;
  state?: SearchState | undefined;
  label?: string | undefined;
  /** Days of one's own choice in the place of `days`, both included: `2026-11-22`. */
  since?: string | undefined;
  until?: string | undefined;
  days?: Days | undefined;
  media?: true | undefined;
}

/** So many days back, today being the first of them. */
export const spans = [1, 7, 30, 365] as const;
export type Days = (typeof spans)[number];
export const states = ['open', 'closed'] as const satisfies SearchState[];

/** What the address says beside the open conversation. */
export interface ConsoleSearch extends Finding {
  view: View;
  order: ListOrder;
  account?: string | undefined;
  /** Filters of the list `all`: open contacts of a queue, of an agent (`me`, `none`), where the customer waits, a label, a state. */
  inQueue?: string | undefined;
  of?: string | undefined;
  unanswered?: true | undefined;
  labelled?: string | undefined;
  only?: SearchState | undefined;
  /** The message that the open conversation is read around; without it, the live end. */
  message?: string | undefined;
}

export const views = ['mine', 'unassigned', 'bot', 'queue', 'all'] as const satisfies View[];
export const orders = ['waiting', 'newest'] as const satisfies ListOrder[];
export const searchDefaults = { view: 'mine', order: 'waiting' } as const;

/** An address may be typed by hand: whatever is not known falls back to what is usual. */
export function validateSearch(search: Record<string, unknown>): Partial<ConsoleSearch> {
  return {
    view: views.find((view) => view === search['view']) ?? searchDefaults.view,
    order: orders.find((order) => order === search['order']) ?? searchDefaults.order,
    ...given('account', wordOf(search['account'])),
    ...given('inQueue', wordOf(search['inQueue'])),
    ...given('of', wordOf(search['of'])),
    ...given('unanswered', search['unanswered'] === true ? true : undefined),
    ...given('labelled', wordOf(search['labelled'])),
    ...given(
      'only',
      states.find((state) => state === search['only']),
    ),
    ...given('message', wordOf(search['message'])),
    ...given('q', wordOf(search['q'])),
    ...given(
      'kind',
      searchKinds.find((kind) => kind === search['kind']),
    ),
    ...given('queue', wordOf(search['queue'])),
    ...given('agent', wordOf(search['agent'])),
    ...given(
      'state',
      states.find((state) => state === search['state']),
    ),
    ...given('label', wordOf(search['label'])),
    ...given('since', dayOf(search['since'])),
    ...given('until', dayOf(search['until'])),
    ...given(
      'days',
      spans.find((days) => days === search['days']),
    ),
    ...given('media', search['media'] === true ? true : undefined),
  };
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
