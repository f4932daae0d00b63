import { createHash } from 'node:crypto';
import type { Connection } from '#libs/accounts/index.js';
import { parsePhone, type CustomerAddress } from '../customer-address.js';
import { isObject, own, readText, readTime, within, type Foreign } from '../foreign-value.js';
import type { InboundEvent, InboundMessage, ReadResult, ReceiptStatus } from '../inbound-event.js';
import { hasContent, readContent, startPostback } from './maap-content.js';

type EventName = 'message' | 'response' | 'newuser' | 'istyping' | 'messagestatus' | 'filestatus' | 'alias';

/** Reads one webhook body. Gateways spell and leave out freely; what a person said is never thrown away for it. */
export function readWebhook(body: unknown, connection: Connection): ReadResult {
  if (!isObject(body)) return keep('not an object');
  const named = own(body, 'event');
  const event = named === undefined || named === null ? inferEvent(body) : eventName(named);
  switch (event) {
    case 'message':
    case 'response':
    case 'newuser':
      return readMessage(event, body, connection);
    case 'istyping':
      return readTyping(body, connection);
    case 'messagestatus':
      return readReceipt(body, connection);
    case 'alias':
      return readAlias(body, connection);
    case 'filestatus':
      return readFileStatus(body, connection);
    default:
      return keep(event === null ? 'no event' : `unknown event ${readText(event, 60) ?? ''}`.trim());
  }
}

function keep(reason: string): ReadResult {
  return { events: [], kept: [{ reason }] };
}

function found(...events: InboundEvent[]): ReadResult {
  return { events, kept: [] };
}

/** `messageStatus`, `message_status`, `MESSAGE-STATUS`: one word. */
function eventName(named: unknown): string {
  return typeof named === 'string' ? named.toLowerCase().replace(/[\s_-]/g, '') : typeof named;
}

/** For gateways that leave `event` out: the members tell. */
function inferEvent(body: Foreign): EventName | null {
  const rcs = within(body, 'RCSMessage');
  const contact = within(body, 'messageContact');
  if (hasContent(rcs)) return 'message';
  if (Object.hasOwn(rcs, 'suggestedResponse') || Object.hasOwn(rcs, 'sharedData')) return 'response';
  if (Object.hasOwn(rcs, 'isTyping')) return 'istyping';
  if (Object.hasOwn(rcs, 'status')) return 'messagestatus';
  if (isObject(own(body, 'file'))) return 'filestatus';
  if (Object.hasOwn(contact, 'userContact') && Object.hasOwn(contact, 'chatId')) return 'alias';
  return null;
}

function readMessage(event: 'message' | 'response' | 'newuser', body: Foreign, connection: Connection): ReadResult {
  if (event !== 'newuser' && !isObject(own(body, 'RCSMessage'))) return keep(`${event} without RCSMessage`);
  const contact = readContact(body);
  if ('unusable' in contact) return keep(contact.unusable);
  const rcs = within(body, 'RCSMessage');
  const { accountId, id: connectionId } = connection;
  const { content, file } = readContent(rcs);
  const message: InboundMessage = {
    kind: 'message',
    accountId,
    connectionId,
    address: contact.address,
    carrierMessageId: readId(own(rcs, 'msgId')) ?? rawId(body),
    content: event === 'newuser' ? started(content) : content,
    file,
    channelSentAt: readTime(own(rcs, 'timestamp')),
  };
  if (contact.phone === null || contact.chatId === null) return found(message);
  const { phone, chatId } = contact;
  return found({ kind: 'alias', accountId, connectionId, phone, chatId }, message);
}

/** The Start button, whatever the gateway says about it. A real message in this event stays one. */
function started(content: InboundMessage['content']): InboundMessage['content'] {
  if (content.type === 'press') return { ...content, press: 'start' };
  return content.type === 'unsupported'
    ? { type: 'press', label: '', payload: startPostback, press: 'start' }
    : content;
}

function readTyping(body: Foreign, connection: Connection): ReadResult {
  const contact = readContact(body);
  if ('unusable' in contact) return keep(contact.unusable);
  const state = eventName(own(within(body, 'RCSMessage'), 'isTyping'));
  if (state !== 'active' && state !== 'idle') return keep('isTyping neither active nor idle');
  const { accountId, id: connectionId } = connection;
  return found({ kind: 'typing', accountId, connectionId, address: contact.address, active: state === 'active' });
}

const statuses: Record<string, ReceiptStatus | undefined> = {
  sent: 'sent',
  delivered: 'delivered',
  displayed: 'read',
  read: 'read',
  failed: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  revoked: 'cancelled',
};

export function receiptStatus(word: unknown): ReceiptStatus | null {
  const status = eventName(word);
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? null) : null;
}

function readReceipt(body: Foreign, connection: Connection): ReadResult {
  const rcs = within(body, 'RCSMessage');
  const carrierMessageId = readId(own(rcs, 'msgId'));
  if (carrierMessageId === null) return keep('messageStatus without msgId');
  const status = receiptStatus(own(rcs, 'status'));
  if (status === null) return keep(`messageStatus ${readText(own(rcs, 'status'), 60) ?? 'without status'}`);
  const detail = readText(own(rcs, 'reason'), 500);
  const at = readTime(own(rcs, 'timestamp'));
  return found({ kind: 'receipt', connectionId: connection.id, carrierMessageId, status, detail, at });
}

/** Only the two words of a file that goes well are understood; what went wrong there is kept to be looked into. */
function readFileStatus(body: Foreign, connection: Connection): ReadResult {
  const file = within(body, 'file');
  const ref = readId(own(file, 'fileId'));
  const well = ['pending', 'ready'].includes(eventName(own(file, 'status')));
  return ref === null || !well ? keep('fileStatus') : found({ kind: 'file', connectionId: connection.id, ref });
}

function readAlias(body: Foreign, connection: Connection): ReadResult {
  const contact = readContact(body);
  if ('unusable' in contact) return keep(contact.unusable);
  const { phone, chatId } = contact;
  if (phone === null || chatId === null) return keep('alias without both contacts');
  return found({ kind: 'alias', accountId: connection.accountId, connectionId: connection.id, phone, chatId });
}

type Contact = { address: CustomerAddress; phone: string | null; chatId: string | null } | { unusable: string };

function readContact(body: Foreign): Contact {
  const contact = within(body, 'messageContact');
  if ([body, contact].some((level) => Object.keys(level).some((name) => /^group|groupchat/i.test(name))))
    return { unusable: 'group' };
  const userContact = own(contact, 'userContact');
  const chatId = readId(own(contact, 'chatId'));
  const phone = typeof userContact === 'string' ? parsePhone(userContact) : null;
  if (phone !== null) return { address: { kind: 'phone', phone }, phone, chatId };
  if (chatId !== null) return { address: { kind: 'chat', chatId }, phone, chatId };
  if (Array.isArray(userContact)) return { unusable: 'group' };
  return { unusable: userContact === undefined || userContact === null ? 'no contact' : 'no number in userContact' };
}

/** An id that fits an index and reads the same everywhere. A longer one is named by its hash. */
export function readId(value: unknown): string | null {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : readText(value)?.trim();
  if (id === undefined || id === '') return null;
  return id.length <= 255 ? id : `hash:${createHash('sha256').update(id).digest('hex')}`;
}

/** The same event again gives the same id, in whatever order its members stand. Depth is bounded: so is the stack. */
function rawId(body: Foreign): string {
  return `raw:${createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('hex')}`;
}

function sorted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 40) return 'deeper';
  if (Array.isArray(value)) return value.map((entry) => sorted(entry, depth + 1));
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sorted(member, depth + 1)]);
}
