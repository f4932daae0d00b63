import type {
  AuthorKind,
  ConversationRow,
  CustomerView,
  DeliveryState,
  MessageContent,
  Priority,
} from '#libs/contracts/index.js';
import { displayAddress, isFormer } from '../customers/address-key.js';
import type { StoredState } from '../contacts/contact-states.js';
import { toContactView } from '../contacts/contact-view.js';
import { maskedCustomer, type Numbers } from '../customers/numbers.js';
import type { MessageRow } from './message-row.js';

/** A conversation as the database has it, with the names that its list row needs. */
export interface ThreadRow {
  id: string;
  version: string;
  account_id: string;
  customer_id: string;
  connection_id: string | null;
  last_seq: number;
  last_change: number;
  read_seq: number;
  unread: number;
  last_message_seq: number | null;
  last_author: AuthorKind | null;
  last_type: MessageContent['type'] | null;
  last_preview: string | null;
  last_at: Date | null;
  last_delivery: DeliveryState | null;
  waiting_since: Date | null;
  last_activity_at: Date;
  contact_id: string | null;
  assignee_id: string | null;
  last_assignee_id: string | null;
  address: string;
  phone: string | null;
  customer_name: string | null;
  customer_kana: string | null;
  customer_version: number;
  merged_into: string | null;
  verified_until: Date | null;
  blocked: boolean;
  opted_out: boolean;
  label_ids: string[] | null;
  assignee_name: string | null;
  bot_id: string | null;
  bot_name: string | null;
  contact_state: StoredState | null;
  contact_weight: number | null;
  contact_priority: Priority | null;
  queue_id: string | null;
  offered_to: string | null;
  snoozed_until: Date | null;
  wrapup_until: Date | null;
  closes_at: Date | null;
  disposition_id: string | null;
  transfers: number | null;
  enqueued_at: Date | null;
  first_accepted_at: Date | null;
  first_human_reply_at: Date | null;
  contact_created_at: Date | null;
  /** Rises whenever the contact changes hands. */
  ownership: number | null;
}

/** A conversation under its row lock. Change its members, then `save`. */
export interface Thread extends ThreadRow {
  /** As it was when locked: who could see it. */
  readonly before: { open: boolean; assigneeId: string | null; lastAssigneeId: string | null; lastSeq: number };
  /** Messages written or changed in this transaction, in the order of their change. */
  readonly touched: MessageRow[];
}

/** What every row shows of its customer. */
export const customerColumns = `p.address, p.phone, p.name as customer_name, p.kana as customer_kana, p.version as customer_version,
    p.merged_into, p.verified_until, p.blocked_at is not null as blocked, p.opted_out_at is not null as opted_out`;

export type CustomerRow = Pick<
  ThreadRow,
  | 'customer_id'
  | 'address'
  | 'phone'
  | 'customer_name'
  | 'customer_kana'
  | 'customer_version'
  | 'merged_into'
  | 'verified_until'
  | 'blocked'
  | 'opted_out'
>;

/** One query brings whole rows: names of other rooms' tables are joined here and nowhere else. */
const columns = `c.id, c.version, c.account_id, c.customer_id, c.connection_id, c.last_seq, c.last_change, c.read_seq, c.unread,
    c.last_message_seq, c.last_author, c.last_type, c.last_preview, c.last_at, c.last_delivery, c.waiting_since,
    c.last_activity_at, c.contact_id, c.assignee_id, c.last_assignee_id,
    c.label_ids, ${customerColumns}, a.name as assignee_name, c.bot_id, b.name as bot_name,
    t.state as contact_state, t.weight as contact_weight, t.priority as contact_priority, t.queue_id, t.offered_to,
    t.snoozed_until, t.wrapup_until, t.closes_at, t.disposition_id, t.transfers, t.enqueued_at, t.first_accepted_at, t.first_human_reply_at, t.created_at as contact_created_at,
    t.ownership`;
const tables = `
  from conversations c
    join customers p on p.id = c.customer_id
    left join contacts t on t.id = c.contact_id
    left join agents a on a.id = c.assignee_id
    left join bots b on b.id = c.bot_id`;
export const selectThreadRows = `select ${columns} ${tables}`;

/** The same, with the version that stood there when the statement began. */
export const selectSeenThreadRows = `
  select ${columns}, (select seen.version from conversations seen where seen.id = c.id) as seen_version ${tables}`;

/** @param numbers what the reader may see of them: no door can forget to ask */
export function toCustomerView(row: CustomerRow, numbers: Numbers): CustomerView {
  const view: CustomerView = {
    id: row.customer_id,
    name: row.customer_name,
    kana: row.customer_kana,
    phone: row.phone,
    phoneDisplay: displayAddress(row.address),
    phoneMasked: false,
    version: row.customer_version,
    personId: row.merged_into ?? row.customer_id,
    verifiedUntil: row.verified_until?.toISOString() ?? null,
    blocked: row.blocked,
    optedOut: row.opted_out,
    former: isFormer(row.address),
  };
  return numbers === 'whole' ? view : maskedCustomer(view);
}

export function toConversationRow(row: ThreadRow, numbers: Numbers): ConversationRow {
  return {
    id: row.id,
    version: Number(row.version),
    accountId: row.account_id,
    customer: toCustomerView(row, numbers),
    lastMessage:
      row.last_message_seq === null || row.last_author === null || row.last_type === null
        ? null
        : {
            seq: row.last_message_seq,
            author: row.last_author,
            contentType: row.last_type,
            preview: row.last_preview ?? '',
            at: (row.last_at ?? row.last_activity_at).toISOString(),
            delivery: row.last_delivery,
          },
    unread: row.unread,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    lastActivityAt: row.last_activity_at.toISOString(),
    contact: row.contact_id === null ? null : contactOf(row, row.contact_id),
    labelIds: row.label_ids ?? [],
    lastSeq: row.last_seq,
    lastChange: row.last_change,
    readSeq: row.read_seq,
  };
}

function contactOf(row: ThreadRow, id: string): ConversationRow['contact'] {
  return toContactView(
    {
      ...row,
      id,
      state: row.contact_state ?? 'queued',
      priority: row.contact_priority ?? 'normal',
      transfers: row.transfers ?? 0,
      created_at: row.contact_created_at ?? row.last_activity_at,
      closed_at: null,
    },
    row.waiting_since === null,
  );
}
