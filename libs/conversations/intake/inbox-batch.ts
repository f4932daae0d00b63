import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '#libs/carrier/index.js';
import type { MediaContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { addressKey } from '../customers/address-key.js';
import type { Standing } from '../conversation-access.js';
import { ConversationNews, type Memory, type Was } from '../conversation-news.js';
import { BotIntake } from './bot-intake.js';
import { PressOrigins } from './press-origins.js';
import { CustomerWords, type Word } from '../customers/customer-words.js';
import { logListChanges } from '../lists/list-changes.js';
import { MediaCopies } from '../media/media-copies.js';
import type { MessageRow } from '../threads/message-row.js';
import { preview } from '../threads/preview.js';
import { inboxColumns, inboxOverwrite, inboxValues } from '../threads/thread-writer.js';
import { selectThreadRows, type ThreadRow } from '../threads/thread-row.js';

export interface IncomingMessage extends InboundMessage {
  receivedAt: Date;
}

/** As little as says where a message stands and who may see it; the rest is known, or nobody here asks for it. */
interface Stored {
  /** Its place in the batch. */
  place: number;
  id: string;
  conversation_id: string;
  contact_id: string;
  seq: number;
  change: number;
  created_at: Date;
  /** Its stretch of work began with this batch. */
  opened: boolean;
  account_id: string;
  assignee_id: string | null;
  last_assignee_id: string | null;
  bot_id: string | null;
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
    private readonly words: CustomerWords,
    private readonly media: MediaCopies,
    private readonly bots: BotIntake,
    private readonly presses: PressOrigins,
  ) {}

  /** @param onWritten when every row is locked and only the commit is left */
  async store(events: IncomingMessage[], onWritten: () => void = () => undefined): Promise<void> {
    const once = withoutRepeats(events);
    await this.transactions.run(async (tx) => {
      tx.onCommitting(onWritten);
      // The statement leaves together with the beginning, unless something has to be asked first.
      if (once.some(({ content }) => content.type === 'press')) await this.presses.find(tx, once);
      const stored = await this.insert(tx, once);
      if (stored.length === 0) return;
      const files = stored.flatMap(({ place, id, conversation_id }) => {
        const { file, content } = once[place]!;
        return file
          ? [{ messageId: id, conversationId: conversation_id, content: content as MediaContent, url: file.url }]
          : [];
      });
      if (files.length > 0) await this.media.prepare(tx, files);
      const ofBots = stored.filter(({ bot_id }) => bot_id !== null).map(({ conversation_id }) => conversation_id);
      if (ofBots.length > 0) await this.bots.heard(tx, [...new Set(ofBots)]);
      this.announce(tx, stored, once);
    });
  }

  private async insert(tx: Tx, events: IncomingMessage[]): Promise<Stored[]> {
    const rows = await tx.preparedText('inbox.store', storeSql, [
      events.map((event) => event.accountId),
      events.map((event) => event.connectionId),
      events.map((event) => addressKey(event.connectionId, event.address)),
      events.map((event) => (event.address.kind === 'phone' ? event.address.phone : null)),
      events.map((event) => event.carrierMessageId),
      events.map((event) => JSON.stringify(event.content)),
      events.map((event) => event.content.type),
      events.map((event) => preview(event.content)),
      // Written here: the driver's own way to write a time, in local parts, is ten times slower.
      events.map((event) => event.channelSentAt?.toISOString() ?? null),
      events.map((event) => event.receivedAt.toISOString()),
    ]);
    return rows.map(readStored);
  }

  /** Whole rows are read only for conversations that somebody at this node looks at. */
  private announce(tx: Tx, stored: Stored[], events: IncomingMessage[]): void {
    const threads = new Map<string, Stored[]>();
    for (const row of stored) {
      const known = threads.get(row.conversation_id);
      if (known) known.push(row);
      else threads.set(row.conversation_id, [row]);
    }
    const heard = new Map<string, (row: ThreadRow) => void>();
    const words: Word[] = [];
    for (const [id, messages] of threads) {
      messages.sort((a, b) => a.change - b.change);
      const first = messages[0]!;
      const { account_id: accountId, assignee_id: assigneeId, last_assignee_id: lastAssigneeId, opened } = first;
      words.push({ conversationId: id, accountId, assigneeId, lastAssigneeId, opened });
      const memory: Memory = { standing: standingOf(first) };
      const ref = { id, lo: first.change, seq: first.seq - 1, was: wasOf(first) };
      if (this.news.isHeard(id, memory.standing, ref.was)) {
        const whole = messages.map((message) => messageOf(message, events[message.place]!));
        heard.set(id, (row) => Object.assign(memory, { row, messages: whole }));
      }
      this.news.announceStored(tx, ref, memory);
    }
    tx.afterCommit(() => this.words.heard(words));
    if (heard.size === 0) return;
    tx.beforeCommit(() => ({
      name: 'threads.read',
      sql: `${selectThreadRows} where c.id = any($1::bigint[])`,
      params: [[...heard.keys()]],
      take: (rows) => (rows as ThreadRow[]).forEach((row) => heard.get(row.id)?.(row)),
    }));
  }
}

/** In the order of the statement's columns. */
function readStored(columns: (string | null)[]): Stored {
  const [ord, id, conversationId, contactId, seq, change, createdMs, opened, accountId] = columns as string[];
  return {
    place: Number(ord) - 1,
    id: id!,
    conversation_id: conversationId!,
    contact_id: contactId!,
    seq: Number(seq),
    change: Number(change),
    created_at: new Date(Number(createdMs)),
    opened: opened === 't',
    account_id: accountId!,
    assignee_id: columns[9] ?? null,
    last_assignee_id: columns[10] ?? null,
    bot_id: columns[11] ?? null,
  };
}

function standingOf({ account_id, assignee_id, last_assignee_id }: Stored): Standing {
  return { accountId: account_id, open: true, assigneeId: assignee_id, lastAssigneeId: last_assignee_id };
}

/** Who could see it before: a closed one whoever had it last. */
function wasOf({ opened, last_assignee_id }: Stored): Was | undefined {
  return opened ? { open: false, assigneeId: null, lastAssigneeId: last_assignee_id } : undefined;
}

/** As it would be read back. */
function messageOf(stored: Stored, event: IncomingMessage): MessageRow {
  const { id, conversation_id, contact_id, seq, change, created_at } = stored;
  return {
    id,
    conversation_id,
    contact_id,
    seq,
    change,
    kind: 'message',
    author_kind: 'customer',
    author_id: null,
    author_name: null,
    content: event.content,
    client_id: null,
    connection_id: event.connectionId,
    carrier_message_id: event.carrierMessageId,
    delivery: null,
    delivery_reason: null,
    delivery_detail: null,
    attempts: 0,
    maybe_twice: false,
    not_before: null,
    channel_sent_at: event.channelSentAt,
    created_at,
    sent_at: null,
    delivered_at: null,
    read_at: null,
    failed_at: null,
  };
}

/** By connection and carrier id. Within one statement a repeat would be a fault; the first one stays. */
function withoutRepeats(events: IncomingMessage[]): IncomingMessage[] {
  const seen = new Set<string>();
  return events.filter(({ connectionId, carrierMessageId }) => {
    const key = `${connectionId} ${carrierMessageId}`;
    return !seen.has(key) && seen.add(key);
  });
}

// Locks: customers by address, then conversations by account and customer, in every batch of every node.
const storeSql = `
  with input as (
    select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::timestamptz[], $10::timestamptz[]) with ordinality
      as t(account_id, connection_id, address, phone, carrier_message_id, content, content_type, preview, channel_sent_at, received_at, ord)
  ), fresh as (
    select i.* from input i where not exists (
      select from messages m
      where m.connection_id = i.connection_id and m.carrier_message_id = i.carrier_message_id and m.author_kind = 'customer')
  ), known as (
    select c.id, c.address, c.blocked_at from customers c where c.address in (select address from fresh)
  ), born as (
    insert into customers (address, phone)
    select distinct on (f.address) f.address, f.phone from fresh f
    where not exists (select from known k where k.address = f.address) order by f.address
    on conflict (address) do update set address = excluded.address
    returning id, address, blocked_at
  ), people as (
    select * from known union all select * from born
  ), ranked as (
    select f.*, p.id as customer_id, p.blocked_at,
      row_number() over (partition by f.account_id, p.id order by f.ord) as rank,
      count(*) over (partition by f.account_id, p.id) as n,
      min(f.received_at) over (partition by f.account_id, p.id) as first_at
    from fresh f join people p on p.address = f.address
  ), groups as (
    -- Not "where rank = n": the planner would expect one row, and compare each with each further down.
    select g.*, nextval('contacts_id_seq'::regclass) as new_contact_id, b.bot_id as first_bot_id
    from (select distinct on (account_id, customer_id) * from ranked order by account_id, customer_id, ord desc) g
      left join account_first_bots b on b.account_id = g.account_id and g.blocked_at is null
  ), thread as (
    insert into conversations as c (account_id, customer_id, connection_id, last_seq, last_change, unread, last_message_seq,
      last_author, last_type, last_preview, last_at, waiting_since, last_activity_at, contact_id,
      bot_id)
    select account_id, customer_id, connection_id, n, n, n, n, 'customer', content_type, preview,
      coalesce(channel_sent_at, received_at), first_at, received_at, new_contact_id,
      first_bot_id
    from groups order by account_id, customer_id
    on conflict (account_id, customer_id) do update set
      version = c.version + 1, connection_id = excluded.connection_id,
      last_seq = c.last_seq + excluded.last_seq, last_change = c.last_change + excluded.last_change,
      unread = c.unread + excluded.unread, last_message_seq = c.last_seq + excluded.last_seq,
      last_author = excluded.last_author, last_type = excluded.last_type, last_preview = excluded.last_preview,
      last_at = excluded.last_at, last_delivery = null, waiting_since = coalesce(c.waiting_since, excluded.waiting_since),
      last_activity_at = excluded.last_activity_at, contact_id = coalesce(c.contact_id, excluded.contact_id),
      bot_id = case when c.contact_id is null then excluded.bot_id else c.bot_id end
    returning c.id, c.account_id, c.customer_id, c.last_seq, c.last_change, c.contact_id, c.assignee_id, c.last_assignee_id, c.waiting_since,
      c.last_activity_at, c.bot_id
  ), placed as (
    select t.*, t.contact_id = g.new_contact_id as opened, g.n, g.first_at
    from thread t join groups g on g.account_id = t.account_id and g.customer_id = t.customer_id
  ), opened as (
    insert into contacts (id, conversation_id, account_id, state, enqueued_at, bot_id)
    overriding system value
    -- Time with a bot is no wait.
    select contact_id, id, account_id, case when bot_id is null then 'queued' else 'bot' end,
      case when bot_id is null then first_at end, bot_id
    from placed where opened
  ), owned as (
    insert into segments (contact_id, owner_type, owner_id, started_at)
    select contact_id, case when bot_id is null then 'queue' else 'bot' end, bot_id, first_at from placed where opened
  ), listed as (
    insert into inbox (${inboxColumns}) select ${inboxValues('p')} from placed p ${inboxOverwrite}
  ), logged as (${logListChanges('placed')}
  ), places as (
    select r.*, nextval('messages_id_seq'::regclass) as id, p.id as conversation_id, p.contact_id, p.last_seq - r.n + r.rank as seq,
      p.last_change - r.n + r.rank as change, p.opened, p.assignee_id, p.last_assignee_id,
      p.bot_id
    from ranked r join placed p on p.account_id = r.account_id and p.customer_id = r.customer_id
  ), written as (
    insert into messages (id, conversation_id, contact_id, seq, change, kind, author_kind, content, connection_id,
      carrier_message_id, channel_sent_at, received_at)
    overriding system value
    select id, conversation_id, contact_id, seq, change, 'message', 'customer', content::jsonb, connection_id, carrier_message_id,
      channel_sent_at, received_at
    from places
  )
  select ord, id, conversation_id, contact_id, seq, change, (extract(epoch from now()::timestamptz(3)) * 1000)::bigint, opened,
    account_id, assignee_id, last_assignee_id, bot_id
  from places`;
