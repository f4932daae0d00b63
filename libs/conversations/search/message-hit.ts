import type { AuthorKind, MessageContent, MessageHit, TextRange } from '#libs/contracts/index.js';
import type { Standing } from '../conversation-access.js';
import type { Numbers } from '../customers/numbers.js';
import { customerColumns, toCustomerView, type CustomerRow } from '../threads/thread-row.js';
import { stretchOf } from './found-text.js';

export interface HitRow extends CustomerRow, Standing {
  id: string;
  conversation_id: string;
  seq: number;
  kind: 'message' | 'note';
  author_kind: AuthorKind;
  author_id: string | null;
  author_name: string | null;
  content: MessageContent;
  at: Date;
}

/** Messages with what decides who may see them, and the names that a hit shows. */
export const hitsSql = `
  select m.id, m.conversation_id, m.seq, m.kind, m.author_kind, m.author_id, a.name as author_name, m.content,
    coalesce(m.channel_sent_at, m.created_at) as at, c.account_id as "accountId", c.contact_id is not null as open,
    c.assignee_id as "assigneeId", c.last_assignee_id as "lastAssigneeId", p.id as customer_id, ${customerColumns}
  from messages m join conversations c on c.id = m.conversation_id join customers p on p.id = c.customer_id
    left join agents a on m.author_kind = 'agent' and a.id = m.author_id
  where m.id = any($1::bigint[])`;

export function hitOf(row: HitRow, text: string, marks: TextRange[], numbers: Numbers): MessageHit {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    contentType: row.content.type,
    accountId: row.accountId,
    customer: toCustomerView(row, numbers),
    at: row.at.toISOString(),
    found: stretchOf(text, marks),
  };
}
