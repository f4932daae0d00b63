import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CloseReason, CustomerFiles, PastContacts } from '#libs/contracts/index.js';
import { toContactView, type ContactRow } from '../contacts/contact-view.js';
import type { Author } from '../threads/posting.js';
import { People } from './people.js';

interface PastRow extends ContactRow {
  conversation_id: string;
  account_id: string;
  close_reason: CloseReason | null;
  disposition_note: string | null;
  waiting_since: Date | null;
  agents: string[] | null;
  first_seq: number | null;
  first_message_id: string | null;
}

interface FileRow {
  id: string;
  conversation_id: string;
  message_id: string;
  seq: number;
  name: string;
  mime_type: string;
  size: string | null;
  thumbnails: boolean;
  author_kind: string;
  at: Date;
}

/**
 * Where a contact begins in its thread, found by halving: places have no gaps, and times rise with them. An index over
 * messages by contact would be paid for by every message that comes in.
 */
const firstSeqSql = `
  with recursive halves(lo, hi) as (
    select 1, c.last_seq
    union all
    select case when m.created_at < t.created_at then (h.lo + h.hi) / 2 + 1 else h.lo end,
      case when m.created_at < t.created_at then h.hi else (h.lo + h.hi) / 2 end
    from halves h join messages m on m.conversation_id = c.id and m.seq = (h.lo + h.hi) / 2 where h.lo < h.hi
  )
  select lo from halves order by lo desc, hi limit 1`;

/** What a person's earlier contacts and files were: from all her conversations that the reader may read. */
@Injectable()
export class CustomerPast {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: People,
  ) {}

  async contacts(author: Author, customerId: string, before: string | null, limit: number): Promise<PastContacts> {
    const { conversations } = await this.people.read(author, customerId);
    const rows = await this.dataSource.query<PastRow[]>(
      `select t.*, c.waiting_since, a.name as assignee_name, b.name as bot_name, people.agents, first.seq as first_seq, f.id as first_message_id
       from unnest($1::bigint[]) as scope(id), lateral (
           select * from contacts where conversation_id = scope.id and ($2::bigint is null or id < $2)
           order by id desc limit $3) t
         join conversations c on c.id = t.conversation_id
         left join agents a on a.id = t.assignee_id
         left join bots b on b.id = t.bot_id
         left join lateral (
           select array_agg(g.name order by s.first) as agents from (
             select owner_id, min(id) as first from segments
             where contact_id = t.id and owner_type = 'agent' group by owner_id) s join agents g on g.id = s.owner_id
         ) people on true
         left join lateral (select (${firstSeqSql}) as seq where c.last_seq > 0) first on true
         left join messages f on f.conversation_id = c.id and f.seq = first.seq
       order by t.id desc limit $3`,
      [conversations.map(({ id }) => id), before, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      contacts: shown.map((row) => ({
        ...toContactView(row, row.waiting_since === null),
        conversationId: row.conversation_id,
        accountId: row.account_id,
        agents: row.agents ?? [],
        closeReason: row.close_reason,
        dispositionNote: row.disposition_note,
        firstSeq: row.first_seq,
        firstMessageId: row.first_message_id,
      })),
      next: rows.length > limit ? shown.at(-1)!.id : null,
    };
  }

  /** Only what is here and can be opened. */
  async files(author: Author, customerId: string, before: string | null, limit: number): Promise<CustomerFiles> {
    const { conversations } = await this.people.read(author, customerId);
    const rows = await this.dataSource.query<FileRow[]>(
      `select f.id, f.conversation_id, f.message_id, m.seq, f.name, f.mime_type, f.size, f.thumbnails, m.author_kind,
         coalesce(m.channel_sent_at, m.created_at) as at
       from unnest($1::bigint[]) as scope(id), lateral (
           select * from attachments where conversation_id = scope.id and ($2::bigint is null or id < $2)
             and state = 'ready' order by id desc limit $3) f
         join messages m on m.id = f.message_id
       order by f.id desc limit $3`,
      [conversations.map(({ id }) => id), before, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      files: shown.map((row) => ({
        id: row.id,
        conversationId: row.conversation_id,
        messageId: row.message_id,
        seq: row.seq,
        name: row.name,
        mimeType: row.mime_type,
        size: row.size === null ? null : Number(row.size),
        thumbnails: row.thumbnails,
        fromCustomer: row.author_kind === 'customer',
        at: row.at.toISOString(),
      })),
      next: rows.length > limit ? shown.at(-1)!.id : null,
    };
  }
}
