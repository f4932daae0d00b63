import { type Numbers } from './customers/numbers.js';
import type { ConversationRights, ConversationRow, Permission, Visibility } from '#libs/contracts/index.js';

/** Who asks: what of a signed-in agent decides. */
export interface Asker {
  agentId: string;
  visibility: Visibility;
  accountIds: readonly string[];
  permissions: ReadonlySet<Permission>;
}

/** What of a conversation decides. */
export interface Standing {
  accountId: string;
  open: boolean;
  assigneeId: string | null;
  /** Whoever had it last: she may look back at what she closed. */
  lastAssigneeId: string | null;
}

/** The one rule, asked by HTTP, by the socket, by lists and by announcements. */
export function mayRead(asker: Pick<Asker, 'agentId' | 'visibility' | 'accountIds'>, standing: Standing): boolean {
  if (asker.visibility === 'all') return true;
  if (!asker.accountIds.includes(standing.accountId)) return false;
  if (asker.visibility === 'account') return true;
  if (standing.open) return standing.assigneeId === null || standing.assigneeId === asker.agentId;
  return standing.lastAssigneeId === asker.agentId;
}

/** The same rule for SQL, of `conversations c`; its parameters begin at `first`, and there are always three. */
export function mayReadSql(
  { agentId, visibility, accountIds }: Pick<Asker, 'agentId' | 'visibility' | 'accountIds'>,
  first: number,
): { sql: string; params: unknown[] } {
  const [seen, accounts, me] = [`$${first}::text`, `$${first + 1}::bigint[]`, `$${first + 2}::bigint`];
  const own = `case when c.contact_id is not null then c.assignee_id is null or c.assignee_id = ${me}
    else coalesce(c.last_assignee_id = ${me}, false) end`;
  return {
    sql: `(${seen} = 'all' or (c.account_id = any(${accounts}) and (${seen} = 'account' or ${own})))`,
    params: [visibility, accountIds, agentId],
  };
}

/** What of an accepted reader's buttons may be pressed; the server asks the same again when one is. */
export function rightsIn(asker: Asker, standing: Standing): ConversationRights {
  const { permissions, agentId } = asker;
  const mine = standing.open && standing.assigneeId === agentId;
  const free = standing.assigneeId === null;
  const assign = permissions.has('conversation.assign');
  return {
    reply: permissions.has('conversation.reply') && (mine || free),
    note: permissions.has('conversation.note'),
    take: permissions.has('conversation.take') && free,
    giveBack: standing.open && !free && (mine || assign),
    assign,
    close: standing.open && permissions.has('conversation.close') && (mine || free || assign),
    transfer: standing.open && (mine || assign),
    hold: mine,
    snooze: mine,
    finish: mine,
    prioritise: standing.open && assign,
    returnToBot: mine,
  };
}

export function standingOf(row: ConversationRow, lastAssigneeId: string | null): Standing {
  return {
    accountId: row.accountId,
    open: row.contact !== null,
    assigneeId: row.contact?.assignee?.id ?? null,
    lastAssigneeId,
  };
}

/**
 * The same rule as rooms: a row's news go to these, and a socket joins `roomsOf` its agent. Kept beside `mayRead`,
 * and a test holds the two against each other.
 */
export function audience(standing: Standing): string[] {
  const rooms = ['everything', `account:${standing.accountId}`];
  if (standing.open && standing.assigneeId === null) rooms.push(`unassigned:${standing.accountId}`);
  const person = standing.open ? standing.assigneeId : standing.lastAssigneeId;
  if (person !== null) rooms.push(`own:${person}:${standing.accountId}`);
  return rooms;
}

export function roomsOf(asker: Pick<Asker, 'agentId' | 'visibility' | 'accountIds'>): string[] {
  if (asker.visibility === 'all') return ['everything'];
  if (asker.visibility === 'account') return asker.accountIds.map((id) => `account:${id}`);
  return asker.accountIds.flatMap((id) => [`unassigned:${id}`, `own:${asker.agentId}:${id}`]);
}

/**
 * Rows go out twice where both kinds of readers are: with numbers to whoever may see them whole, with stars to the others.
 * Every socket with rooms sits in exactly one of these two.
 */
export const numberRooms: Record<Numbers, string> = { whole: 'numbers:whole', masked: 'numbers:masked' };

export const conversationRoom = (id: string): string => `conversation:${id}`;
