import type { AuthorKind, MessageContent, MessageHit, TextRange } from '#libs/contracts/index.js';
import { displayAddress } from '../address-key.js';
import type { Standing } from '../conversation-access.js';
import { stretchOf } from './found-text.js';

export interface HitRow extends Standing {
  id: string;
  conversation_id: string;
  seq: number;
  kind: 'message' | 'note';
  author_kind: AuthorKind;
  author_id: string | null;
  author_name: string | null;
  content: MessageContent;
  at: Date;
  customer_id: string;
  customer_name: string | null;
  customer_kana: string | null;
  phone: string | null;
  address: string;
}

/** Messages with what decides who may see them, and the names that a hit shows. */
export const hitsSql = `
  select m.id, m.conversation_id, m.seq, m.kind, m.author_kind, m.author_id, a.name as author_name, m.content,
    coalesce(m.channel_sent_at, m.created_at) as at, c.account_id as "accountId", c.contact_id is not null as open,
    c.assignee_id as "assigneeId", c.last_assignee_id as "lastAssigneeId", p.id as customer_id, p.name as customer_name,
    p.kana as customer_kana, p.phone, p.address
  from messages m join conversations c on c.id = m.conversation_id join customers p on p.id = c.customer_id
    left join agents a on m.author_kind = 'agent' and a.id = m.author_id
  where m.id = any($1::bigint[])`;

export function hitOf(row: HitRow, text: string, marks: TextRange[]): MessageHit {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    contentType: row.content.type,
    accountId: row.accountId,
    customer: {
      id: row.customer_id,
      name: row.customer_name,
      kana: row.customer_kana,
      phone: row.phone,
      phoneDisplay: displayAddress(row.address),
    },
    at: row.at.toISOString(),
    found: stretchOf(text, marks),
  };
}
