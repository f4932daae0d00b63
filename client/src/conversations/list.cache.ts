import {
  waitingKey,
  type ContactView,
  type ConversationChanges,
  type ConversationEvent,
  type ConversationPage,
  type ConversationRow,
  type CustomerView,
  type ListOrder,
  type SearchState,
  type View,
} from '#libs/contracts/index.js';

/** Which rows a list holds, and in which order. */
export interface ListRules {
  view: View;
  order: ListOrder;
  /** The agent who looks. */
  me: string;
  /** Only this account's conversations, when given. */
  accountId?: string | undefined;
  /** With the view `all`: only what these let through. */
  filters?: ListNarrowing | undefined;
  /** With the view `queue`: what makes a contact one of hers. */
  team?: Team | undefined;
}

/** `agent`: an id, or null for what nobody has. */
export interface ListNarrowing {
  queue?: string | undefined;
  agent?: string | null | undefined;
  unanswered?: boolean | undefined;
  label?: string | undefined;
  state?: SearchState | undefined;
}

/** Queues that the agent is a member of, and the official accounts whose new contacts begin there. */
export interface Team {
  queueIds: string[];
  accountIds: string[];
}

/**
 * The loaded beginning of a list. Rows that belong behind `edge`, the last row the server handed over, stay out until
 * their page is loaded; everything before it is kept right by events.
 */
export interface ConversationList {
  rows: ConversationRow[];
  nextCursor: string | null;
  feed: string;
  edge: Place | null;
  /** Versions of rows that left, so that a late event cannot bring them back. */
  left: ReadonlyMap<string, number>;
}

interface Place {
  key: number;
  id: string;
}

const LEFT_REMEMBERED = 500;

export function emptyList(feed = ''): ConversationList {
  return { rows: [], nextCursor: null, feed, edge: null, left: new Map() };
}

export function listFromPage(page: ConversationPage, rules: ListRules): ConversationList {
  return appendPage(emptyList(page.feed), page, rules);
}

/** The next page. Rows already known in a newer version, or gone in the meantime, keep what the events said. */
export function appendPage(list: ConversationList, page: ConversationPage, rules: ListRules): ConversationList {
  const last = page.rows.at(-1);
  const opened: ConversationList = {
    ...list,
    nextCursor: page.nextCursor,
    edge: page.nextCursor === null ? null : last ? placeOf(last, rules) : list.edge,
  };
  return page.rows.reduce((next, row) => applyRow(next, { id: row.id, row }, rules), opened);
}

/** `conversation:changed`: the higher version wins, `row: null` leaves, and every row stands where its order puts it. */
export function applyRow(list: ConversationList, event: ConversationEvent, rules: ListRules): ConversationList {
  const { row } = event;
  const at = list.rows.findIndex((known) => known.id === event.id);
  const known = list.rows[at];
  if (row === null) return known ? without(list, at, known.version) : list;
  const seen = known?.version ?? list.left.get(event.id) ?? -1;
  if (row.version < seen) return list;
  if (known && row.version === known.version) return list;
  if (!belongs(row, rules) || !within(list, row, rules)) {
    return known ? without(list, at, row.version) : { ...list, left: remember(list.left, row.id, row.version) };
  }
  const rows = known ? list.rows.filter((other) => other.id !== row.id) : [...list.rows];
  const place = rows.findIndex((other) => compareRows(row, other, rules) < 0);
  rows.splice(place === -1 ? rows.length : place, 0, row);
  return { ...list, rows };
}

/** The repair of a list. Null: more changed than one answer holds, so load the list anew. */
export function applyListChanges(
  list: ConversationList,
  changes: ConversationChanges,
  rules: ListRules,
): ConversationList | null {
  if (!changes.complete) return null;
  const left = changes.gone.reduce((next, id) => applyRow(next, { id, row: null }, rules), list);
  const changed = changes.rows.reduce((next, row) => applyRow(next, { id: row.id, row }, rules), left);
  return { ...changed, feed: changes.feed };
}

/** A customer's name changed by our own hand; the row's next version confirms it. */
export function applyCustomer(list: ConversationList, customer: CustomerView): ConversationList {
  if (!list.rows.some((row) => row.customer.id === customer.id)) return list;
  return { ...list, rows: list.rows.map((row) => (row.customer.id === customer.id ? { ...row, customer } : row)) };
}

export function belongs(row: ConversationRow, rules: ListRules): boolean {
  if (rules.accountId !== undefined && row.accountId !== rules.accountId) return false;
  switch (rules.view) {
    case 'mine':
      return isOpen(row) && row.contact.assignee?.id === rules.me;
    case 'unassigned':
      return isOpen(row) && row.contact.assignee === null && row.contact.state !== 'bot';
    case 'bot':
      return isOpen(row) && row.contact.state === 'bot';
    case 'queue':
      return isOpen(row) && isOfTeam(row, rules.team);
    case 'all':
      return rules.filters === undefined || passes(row, rules.filters);
  }
}

function passes(row: ConversationRow, { queue, agent, unanswered, label, state }: ListNarrowing): boolean {
  if (label !== undefined && !row.labelIds.includes(label)) return false;
  if (state !== undefined && isOpen(row) !== (state === 'open')) return false;
  if (unanswered && row.waitingSince === null) return false;
  if (queue !== undefined && !(isOpen(row) && row.contact.queueId === queue)) return false;
  if (agent === undefined) return true;
  return isOpen(row) && row.contact.state !== 'bot' && (row.contact.assignee?.id ?? null) === agent;
}

function isOpen(row: ConversationRow): row is ConversationRow & { contact: ContactView } {
  return row.contact !== null && row.contact.state !== 'closed' && row.contact.state !== 'abandoned';
}

/** A contact that has just begun is told before it has its queue: its account says which one it will be. */
function isOfTeam({ accountId, contact }: ConversationRow & { contact: ContactView }, team: Team | undefined): boolean {
  if (team === undefined || contact.state === 'bot') return false;
  if (contact.queueId !== null) return team.queueIds.includes(contact.queueId);
  return contact.assignee === null && team.accountIds.includes(accountId);
}

/** Ascending by the order's key, then by id; `newest` is the same walked backwards. */
export function compareRows(a: ConversationRow, b: ConversationRow, rules: Pick<ListRules, 'order'>): number {
  return comparePlaces(placeOf(a, rules), placeOf(b, rules), rules);
}

function comparePlaces(a: Place, b: Place, { order }: Pick<ListRules, 'order'>): number {
  const byId = a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return a.key - b.key || (order === 'newest' ? -byId : byId);
}

function placeOf(row: ConversationRow, { order }: Pick<ListRules, 'order'>): Place {
  return { key: order === 'waiting' ? waitingKey(row) : -Date.parse(row.lastActivityAt), id: row.id };
}

function within(list: ConversationList, row: ConversationRow, rules: ListRules): boolean {
  return list.edge === null || comparePlaces(placeOf(row, rules), list.edge, rules) <= 0;
}

function without(list: ConversationList, at: number, version: number): ConversationList {
  const id = list.rows[at]?.id ?? '';
  return { ...list, rows: list.rows.toSpliced(at, 1), left: remember(list.left, id, version) };
}

function remember(left: ReadonlyMap<string, number>, id: string, version: number): ReadonlyMap<string, number> {
  const next = new Map(left);
  next.delete(id);
  next.set(id, version);
  const oldest = next.size > LEFT_REMEMBERED ? next.keys().next() : undefined;
  if (oldest && !oldest.done) next.delete(oldest.value);
  return next;
}
