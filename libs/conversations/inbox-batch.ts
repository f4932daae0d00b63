import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '#libs/carrier/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { addressKey } from './address-key.js';
import { ConversationNews } from './conversation-news.js';
import { MediaCopies } from './media-copies.js';
import { messageColumns, type MessageRow } from './message-row.js';
import { preview } from './preview.js';
import { inboxColumns, inboxOverwrite, inboxValues } from './thread-writer.js';
import { selectThreadRows, type ThreadRow } from './thread-row.js';

export interface IncomingMessage extends InboundMessage {
  receivedAt: Date;
}

interface StoredRow extends MessageRow {
  /** Its stretch of work began with this batch. */
  opened: boolean;
}

/**
 * Stores a batch of customers' messages with one statement, whatever its size: who is known, who is new, which stretch
 * of work each belongs to, which place each takes. A message whose carrier id is stored already is passed over.
 */
@Injectable()
export class InboxBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly news: ConversationNews,
    private readonly media: MediaCopies,
  ) {}

  async store(events: IncomingMessage[]): Promise<void> {
    const once = withoutRepeats(events);
    await this.transactions.run(async (tx) => {
      const stored = await this.insert(tx, [...once.values()]);
      if (stored.length === 0) return;
      const files = stored.flatMap((row) => {
        const file = once.get(`${row.connection_id} ${row.carrier_message_id}`)?.file;
        return file ? [{ row, url: file.url }] : [];
      });
      if (files.length > 0) await this.media.prepare(tx, files);
      await this.announce(tx, stored);
    });
  }

  private insert(tx: Tx, events: IncomingMessage[]): Promise<StoredRow[]> {
    return tx.prepared<StoredRow>('inbox.store', storeSql, [
      events.map((_, index) => index + 1),
      events.map((event) => event.accountId),
      events.map((event) => event.connectionId),
      events.map((event) => addressKey(event.connectionId, event.address)),
      events.map((event) => (event.address.kind === 'phone' ? event.address.phone : null)),
      events.map((event) => event.carrierMessageId),
      events.map((event) => JSON.stringify(event.content)),
      events.map((event) => event.content.type),
      events.map((event) => preview(event.content)),
      events.map((event) => event.channelSentAt),
      events.map((event) => event.receivedAt),
    ]);
  }

  private async announce(tx: Tx, stored: StoredRow[]): Promise<void> {
    const threads = new Map<string, StoredRow[]>();
    for (const row of stored) {
      const known = threads.get(row.conversation_id);
      if (known) known.push(row);
      else threads.set(row.conversation_id, [row]);
    }
    const rows = await tx.prepared<ThreadRow>('threads.read', `${selectThreadRows} where c.id = any($1::bigint[])`, [
      [...threads.keys()],
    ]);
    for (const row of rows) {
      const messages = threads.get(row.id)!.sort((a, b) => a.change - b.change);
      const opened = messages[0]!.opened;
      const was = opened ? { open: false, assigneeId: null, lastAssigneeId: row.last_assignee_id } : undefined;
      this.news.announceRow(tx, row, messages, messages[0]!.seq - 1, was);
    }
  }
}

/** By connection and carrier id. Within one statement a repeat would be a fault; the first one stays. */
function withoutRepeats(events: IncomingMessage[]): Map<string, IncomingMessage> {
  const once = new Map<string, IncomingMessage>();
  for (const event of events) {
    const key = `${event.connectionId} ${event.carrierMessageId}`;
    if (!once.has(key)) once.set(key, event);
  }
  return once;
}

// Locks: customers by address, then conversations by account and customer, in every batch of every node.
const storeSql = `
  with input as (
    select * from unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::timestamptz[], $11::timestamptz[])
      as t(ord, account_id, connection_id, address, phone, carrier_message_id, content, content_type, preview, channel_sent_at, received_at)
  ), fresh as (
    select i.* from input i where not exists (
      select from messages m
      where m.connection_id = i.connection_id and m.carrier_message_id = i.carrier_message_id and m.author_kind = 'customer')
  ), known as (
    select c.id, c.address from customers c where c.address in (select address from fresh)
  ), born as (
    insert into customers (address, phone)
    select distinct on (f.address) f.address, f.phone from fresh f
    where not exists (select from known k where k.address = f.address) order by f.address
    on conflict (address) do update set address = excluded.address
    returning id, address
  ), people as (
    select id, address from known union all select id, address from born
  ), ranked as (
    select f.*, p.id as customer_id,
      row_number() over (partition by f.account_id, p.id order by f.ord) as rank,
      count(*) over (partition by f.account_id, p.id) as n,
      min(f.received_at) over (partition by f.account_id, p.id) as first_at
    from fresh f join people p on p.address = f.address
  ), groups as (
    -- Not "where rank = n": the planner would expect one row, and compare each with each further down.
    select g.*, nextval(pg_get_serial_sequence('contacts', 'id')) as new_contact_id
    from (select distinct on (account_id, customer_id) * from ranked order by account_id, customer_id, ord desc) g
  ), thread as (
    insert into conversations as c (account_id, customer_id, connection_id, last_seq, last_change, unread, last_message_seq,
      last_author, last_type, last_preview, last_at, waiting_since, last_activity_at, contact_id)
    select account_id, customer_id, connection_id, n, n, n, n, 'customer', content_type, preview,
      coalesce(channel_sent_at, received_at), first_at, received_at, new_contact_id
    from groups order by account_id, customer_id
    on conflict (account_id, customer_id) do update set
      version = c.version + 1, connection_id = excluded.connection_id,
      last_seq = c.last_seq + excluded.last_seq, last_change = c.last_change + excluded.last_change,
      unread = c.unread + excluded.unread, last_message_seq = c.last_seq + excluded.last_seq,
      last_author = excluded.last_author, last_type = excluded.last_type, last_preview = excluded.last_preview,
      last_at = excluded.last_at, last_delivery = null, waiting_since = coalesce(c.waiting_since, excluded.waiting_since),
      last_activity_at = excluded.last_activity_at, contact_id = coalesce(c.contact_id, excluded.contact_id)
    returning c.id, c.account_id, c.customer_id, c.last_seq, c.last_change, c.contact_id, c.assignee_id, c.last_assignee_id, c.waiting_since,
      c.last_activity_at
  ), placed as (
    select t.*, t.contact_id = g.new_contact_id as opened, g.n, g.first_at
    from thread t join groups g on g.account_id = t.account_id and g.customer_id = t.customer_id
  ), opened as (
    insert into contacts (id, conversation_id, account_id, state, enqueued_at, last_customer_message_at)
    overriding system value
    select contact_id, id, account_id, 'queued', first_at, last_activity_at from placed where opened
    returning id, enqueued_at
  ), queued as (
    insert into segments (contact_id, owner_type, started_at) select id, 'queue', enqueued_at from opened
  ), heard as (
    update contacts k set last_customer_message_at = p.last_activity_at from placed p where k.id = p.contact_id and not p.opened
  ), listed as (
    insert into inbox (${inboxColumns}) select ${inboxValues('p')} from placed p ${inboxOverwrite}
  )
  insert into messages as m (conversation_id, contact_id, seq, change, kind, author_kind, content, connection_id,
    carrier_message_id, channel_sent_at, received_at)
  select p.id, p.contact_id, p.last_seq - r.n + r.rank, p.last_change - r.n + r.rank, 'message', 'customer', r.content::jsonb,
    r.connection_id, r.carrier_message_id, r.channel_sent_at, r.received_at
  from ranked r join placed p on p.account_id = r.account_id and p.customer_id = r.customer_id
  order by p.id, r.rank
  returning ${messageColumns}, null::text as author_name,
    m.contact_id in (select id from opened) as opened`;
