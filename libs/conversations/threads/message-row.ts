import {
  maskedContent,
  type AuthorKind,
  type DeliveryReason,
  type DeliveryState,
  type DeliveryView,
  type MessageContent,
  type MessageView,
} from '#libs/contracts/index.js';

/** A message as the database has it. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  contact_id: string | null;
  seq: number;
  change: number;
  kind: MessageView['kind'];
  author_kind: AuthorKind;
  author_id: string | null;
  author_name: string | null;
  content: MessageContent;
  client_id: string | null;
  connection_id: string | null;
  carrier_message_id: string | null;
  delivery: DeliveryState | null;
  delivery_reason: DeliveryReason | null;
  delivery_detail: string | null;
  attempts: number;
  maybe_twice: boolean;
  not_before: Date | null;
  channel_sent_at: Date | null;
  created_at: Date;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  failed_at: Date | null;
}

export const messageColumns = `m.id, m.conversation_id, m.contact_id, m.seq, m.change, m.kind, m.author_kind, m.author_id,
  m.content, m.client_id, m.connection_id, m.carrier_message_id, m.delivery, m.delivery_reason, m.delivery_detail, m.attempts,
  m.maybe_twice, m.not_before, m.channel_sent_at, m.created_at, m.sent_at, m.delivered_at, m.read_at, m.failed_at`;

export const selectMessages = `
  select ${messageColumns}, coalesce(a.name, b.name) as author_name
  from messages m left join agents a on m.author_kind = 'agent' and a.id = m.author_id
    left join bots b on m.author_kind = 'bot' and b.id = m.author_id`;

/** As everybody sees it, over HTTP and sockets: card numbers are covered. */
export function toMessageView(row: MessageRow): MessageView {
  const masked = maskedContent(row.content);
  return {
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    seq: row.seq,
    change: row.change,
    clientId: row.client_id,
    kind: row.kind,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    content: masked ?? row.content,
    ...(masked === null ? {} : { masked: true as const }),
    delivery: row.delivery === null ? null : toDeliveryView(row, row.delivery),
    at: (row.channel_sent_at ?? row.created_at).toISOString(),
  };
}

function toDeliveryView(row: MessageRow, state: DeliveryState): DeliveryView {
  return {
    state,
    sentAt: row.sent_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    readAt: row.read_at?.toISOString() ?? null,
    failedAt: row.failed_at?.toISOString() ?? null,
    receipt: state === 'read' ? 'read' : 'unknown',
    reason: row.delivery_reason,
    detail: row.delivery_detail,
    maybeTwice: row.maybe_twice && state !== 'queued' && state !== 'failed',
    undoUntil: state === 'queued' && row.attempts === 0 ? (row.not_before?.toISOString() ?? null) : null,
  };
}
