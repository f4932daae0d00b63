import { Injectable } from '@nestjs/common';
import type { AuthorKind, DeliveryState, MessageContent, MessageView } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { ConversationNews } from '../conversation-news.js';
import { logListChanges } from '../lists/list-changes.js';
import { messageColumns, type MessageRow } from './message-row.js';
import { preview } from './preview.js';
import { selectSeenThreadRows, selectThreadRows, type Thread, type ThreadRow } from './thread-row.js';

export interface NewMessage {
  kind: MessageView['kind'];
  author: { kind: AuthorKind; id: string | null; name: string | null };
  content: MessageContent;
  clientId?: string;
  delivery?: DeliveryState;
  /** It leaves no sooner. */
  holdSeconds?: number;
}

/**
 * The one way a thread changes: lock its row, write messages or change them, save the row. The lock makes the order of
 * `seq` and `change` the order of commits, without gaps. Several threads are always locked by account and customer, as
 * the inbox does, so that no two writers wait for each other.
 */
@Injectable()
export class ThreadWriter {
  constructor(private readonly news: ConversationNews) {}

  async lock(tx: Tx, conversationId: string): Promise<Thread> {
    const [thread] = await this.lockMany(tx, [conversationId]);
    if (!thread) throw notFound('The conversation');
    return thread;
  }

  /**
   * As they are once the locks are had.
   * @param busy `skip` leaves out those that somebody else is holding now
   */
  async lockMany(tx: Tx, conversationIds: readonly string[], busy: 'wait' | 'skip' = 'wait'): Promise<Thread[]> {
    const locked = await tx.prepared<ThreadRow & { seen_version: string }>(
      `threads.lock.${busy}`,
      `${selectSeenThreadRows} where c.id = any($1::bigint[]) order by c.account_id, c.customer_id
       for update of c ${busy === 'skip' ? 'skip locked' : ''}`,
      [conversationIds],
    );
    // PostgreSQL reads a row anew that changed while it was waited for, but not what is joined to it: the contact and the
    // names would be those of before. Nearly nobody waits, so only whoever did pays for a second look.
    const stale = locked.filter((row) => row.version !== row.seen_version).map(({ id }) => id);
    const again = new Map<string, ThreadRow>();
    if (stale.length > 0) {
      const sql = `${selectThreadRows} where c.id = any($1::bigint[])`;
      for (const row of await tx.prepared<ThreadRow>('threads.again', sql, [stale])) again.set(row.id, row);
    }
    const rows = locked.map(({ seen_version: _, ...row }) => again.get(row.id) ?? row);
    return rows.map((row) => ({
      ...row,
      before: {
        open: row.contact_id !== null,
        assigneeId: row.assignee_id,
        lastAssigneeId: row.last_assignee_id,
        lastSeq: row.last_seq,
      },
      touched: [],
    }));
  }

  async append(tx: Tx, thread: Thread, message: NewMessage): Promise<MessageRow> {
    thread.last_seq += 1;
    thread.last_change += 1;
    const [row] = await tx.prepared<MessageRow>(
      'messages.append',
      `insert into messages as m (conversation_id, contact_id, seq, change, kind, author_kind, author_id, content, client_id, delivery, not_before)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11 * interval '1 second') returning ${messageColumns}`,
      [
        thread.id,
        thread.contact_id,
        thread.last_seq,
        thread.last_change,
        message.kind,
        message.author.kind,
        message.author.id,
        JSON.stringify(message.content),
        message.clientId ?? null,
        message.delivery ?? null,
        message.holdSeconds || null,
      ],
    );
    const written = { ...row!, author_name: message.author.name };
    thread.touched.push(written);
    if (message.kind === 'message') {
      thread.last_message_seq = written.seq;
      thread.last_author = message.author.kind;
      thread.last_type = message.content.type;
      thread.last_preview = preview(message.content);
      thread.last_at = written.created_at;
      thread.last_delivery = message.delivery ?? null;
      thread.last_activity_at = written.created_at;
    }
    return written;
  }

  /** Gives the message its next place among the changes; the caller writes the row. */
  changed(thread: Thread, row: MessageRow): MessageRow {
    thread.last_change += 1;
    const changed = { ...row, change: thread.last_change };
    thread.touched.push(changed);
    if (thread.last_message_seq === row.seq) thread.last_delivery = row.delivery;
    return changed;
  }

  /** Writes the rows and what lists are ordered by, and announces what was touched. */
  async save(tx: Tx, threads: Thread[]): Promise<void> {
    if (threads.length === 0) return;
    for (const thread of threads) thread.version = String(Number(thread.version) + 1);
    await tx.prepared('threads.save', saveSql, [JSON.stringify(threads.map(toRecord))]);
    for (const thread of threads) this.news.announce(tx, thread);
  }
}

function toRecord(thread: Thread): Partial<ThreadRow> {
  const { before: _before, touched: _touched, ...row } = thread;
  return row;
}

/** What the lists need to know of a row; the same formulas as `waitingKey` in the contracts. */
export const inboxColumns = `conversation_id, account_id, assignee_id, open, waiting_key, newest_key, bot_id`;
export const inboxValues = (row: string): string => `${row}.id, ${row}.account_id,
  case when ${row}.contact_id is null then ${row}.last_assignee_id else ${row}.assignee_id end, ${row}.contact_id is not null,
  case when ${row}.waiting_since is not null then (extract(epoch from ${row}.waiting_since) * 1000)::bigint
       else 10000000000000 - (extract(epoch from ${row}.last_activity_at) * 1000)::bigint end,
  (extract(epoch from ${row}.last_activity_at) * 1000)::bigint, ${row}.bot_id`;
export const inboxOverwrite = `on conflict (conversation_id) do update set assignee_id = excluded.assignee_id, open = excluded.open,
  waiting_key = excluded.waiting_key, newest_key = excluded.newest_key, bot_id = excluded.bot_id`;

const saveSql = `
  with saved as (
    update conversations c set version = r.version, connection_id = r.connection_id, last_seq = r.last_seq,
      last_change = r.last_change, read_seq = r.read_seq, unread = r.unread, last_message_seq = r.last_message_seq,
      last_author = r.last_author, last_type = r.last_type, last_preview = r.last_preview, last_at = r.last_at,
      last_delivery = r.last_delivery, waiting_since = r.waiting_since, last_activity_at = r.last_activity_at,
      contact_id = r.contact_id, assignee_id = r.assignee_id, last_assignee_id = r.last_assignee_id,
      bot_id = r.bot_id
    from json_to_recordset($1::json) as r(id bigint, version bigint, connection_id bigint, last_seq int, last_change int,
      read_seq int, unread int, last_message_seq int, last_author text, last_type text, last_preview text,
      last_at timestamptz, last_delivery text, waiting_since timestamptz, last_activity_at timestamptz, contact_id bigint,
      assignee_id bigint, last_assignee_id bigint, bot_id bigint)
    where c.id = r.id
    returning c.id, c.account_id, c.assignee_id, c.last_assignee_id, c.contact_id, c.waiting_since, c.last_activity_at,
      c.bot_id
  ), placed (${inboxColumns}) as (
    select ${inboxValues('saved')} from saved
  ), moved as (
    -- Reports and read marks move nothing in a list: five index entries less for each of them.
    select p.* from placed p left join inbox i on i.conversation_id = p.conversation_id
    where (i.assignee_id, i.open, i.waiting_key, i.newest_key, i.bot_id)
      is distinct from (p.assignee_id, p.open, p.waiting_key, p.newest_key, p.bot_id)
  ), listed as (
    insert into inbox (${inboxColumns}) select * from moved ${inboxOverwrite}
  )${logListChanges('saved')}`;
