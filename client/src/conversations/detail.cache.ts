import type {
  ContactView,
  ConversationDetail,
  ConversationRights,
  ConversationRow,
  CustomerView,
  Permission,
} from '#libs/contracts/index.js';

const CONTACTS_SHOWN = 20;

/** A newer row replaces the open conversation's own, and its contact finds its place in the history. */
export function applyRowToDetail(detail: ConversationDetail, row: ConversationRow): ConversationDetail {
  if (row.id !== detail.conversation.id || row.version <= detail.conversation.version) return detail;
  const next = { ...detail, conversation: row };
  return row.contact ? { ...next, contacts: putContact(detail.contacts, row.contact) } : next;
}

/** `contact:changed`. A closed contact never opens again: the next stretch of work is a new one. */
export function applyContact(detail: ConversationDetail, contact: ContactView): ConversationDetail {
  const known = detail.contacts.find((other) => other.id === contact.id);
  if (known?.closedAt && !contact.closedAt) return detail;
  return { ...detail, contacts: putContact(detail.contacts, contact) };
}

export function applyCustomerToDetail(detail: ConversationDetail, customer: CustomerView): ConversationDetail {
  if (detail.conversation.customer.id !== customer.id) return detail;
  return { ...detail, conversation: { ...detail.conversation, customer } };
}

/** Who serves changed: what the agent may do has changed with it. */
export function hasNewOwner(before: ConversationRow, after: ConversationRow): boolean {
  return (
    before.contact?.id !== after.contact?.id ||
    before.contact?.state !== after.contact?.state ||
    before.contact?.assignee?.id !== after.contact?.assignee?.id ||
    before.contact?.offeredTo !== after.contact?.offeredTo
  );
}

/** What the next fetch will most likely allow, so that no button waits for it. The server decides. */
export function expectedRights(row: ConversationRow, me: string, permissions: Permission[]): ConversationRights {
  const may = (permission: Permission) => permissions.includes(permission);
  const open = row.contact !== null && row.contact.state !== 'closed';
  const mine = open && row.contact?.assignee?.id === me;
  const inHand = row.contact?.state !== 'wrapup';
  const asked = row.contact !== null && row.contact.offeredTo !== null;
  const reserved = asked && row.contact?.offeredTo !== me;
  return {
    reply: mine && may('conversation.reply'),
    note: may('conversation.note'),
    take: (!open || row.contact?.assignee === null) && !reserved && may('conversation.take'),
    giveBack: open && inHand && row.contact?.assignee !== null && (mine || may('conversation.assign')),
    assign: may('conversation.assign'),
    close: open && (mine || may('conversation.assign')) && may('conversation.close'),
    transfer: open && inHand && !asked && (mine || may('conversation.assign')),
    hold: mine && inHand,
    snooze: mine && inHand && !asked,
    finish: mine && !inHand,
    prioritise: open && may('conversation.assign'),
    // Which bots there are, and whether one may, the next fetch says.
    returnToBot: false,
  };
}

function putContact(contacts: ContactView[], contact: ContactView): ContactView[] {
  const known = contacts.some((other) => other.id === contact.id);
  return known
    ? contacts.map((other) => (other.id === contact.id ? contact : other))
    : [contact, ...contacts].slice(0, CONTACTS_SHOWN);
}
