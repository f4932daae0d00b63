import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Conversations1764000004000 implements MigrationInterface {
  name = 'Conversations1764000004000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  `create table customers (
     id bigint generated always as identity primary key,
     -- What the carrier addresses: an E.164 number, or chat:<connection>:<word> while the number is hidden.
     address text not null,
     phone text,
     name text,
     kana text,
     created_at timestamptz(3) not null default now(),
     constraint customers_address_key unique (address)
   )`,

  // The row changes with every message, so nothing in it that changes is indexed: updates stay in the page (HOT).
  // What lists are ordered by lives in the narrow table inbox.
  `create table conversations (
     id bigint generated always as identity primary key,
     account_id bigint not null references accounts,
     customer_id bigint not null references customers,
     connection_id bigint references carrier_connections,
     version bigint not null default 1,
     last_seq integer not null default 0,
     last_change integer not null default 0,
     read_seq integer not null default 0,
     read_told_seq integer not null default 0,
     unread integer not null default 0,
     last_message_seq integer,
     last_author text,
     last_type text,
     last_preview text,
     last_at timestamptz(3),
     last_delivery text,
     waiting_since timestamptz(3),
     last_activity_at timestamptz(3) not null default now(),
     contact_id bigint,
     assignee_id bigint references agents,
     last_assignee_id bigint references agents,
     created_at timestamptz(3) not null default now(),
     constraint conversations_account_customer_key unique (account_id, customer_id)
   ) with (fillfactor = 80)`,
  `create index conversations_customer on conversations (customer_id)`,

  `create table inbox (
     conversation_id bigint primary key references conversations,
     account_id bigint not null,
     -- Whose it is; of a closed one, whose it was last.
     assignee_id bigint,
     open boolean not null,
     -- Milliseconds; ascending. See waitingKey in the contracts.
     waiting_key bigint not null,
     -- Milliseconds of the last activity.
     newest_key bigint not null,
     -- The transaction that changed the row last: lists are repaired by it, read below the oldest one still running.
     feed bigint not null
   ) with (fillfactor = 80)`,
  `create index inbox_mine on inbox (assignee_id, waiting_key, conversation_id) where open and assignee_id is not null`,
  `create index inbox_closed_by on inbox (assignee_id, account_id) where not open and assignee_id is not null`,
  `create index inbox_unassigned on inbox (account_id, waiting_key, conversation_id) where open and assignee_id is null`,
  `create index inbox_all_waiting on inbox (account_id, waiting_key, conversation_id)`,
  `create index inbox_all_newest on inbox (account_id, newest_key, conversation_id)`,
  `create index inbox_feed on inbox (account_id, feed)`,

  `create table contacts (
     id bigint generated always as identity primary key,
     conversation_id bigint not null references conversations,
     account_id bigint not null,
     state text not null constraint contacts_state check (state in ('queued', 'active', 'closed')),
     assignee_id bigint references agents,
     enqueued_at timestamptz(3),
     first_accepted_at timestamptz(3),
     first_human_reply_at timestamptz(3),
     last_customer_message_at timestamptz(3),
     last_agent_message_at timestamptz(3),
     closed_at timestamptz(3),
     close_reason text,
     created_at timestamptz(3) not null default now()
   ) with (fillfactor = 90)`,
  `create unique index contacts_open on contacts (conversation_id) where closed_at is null`,
  `create index contacts_history on contacts (conversation_id, id)`,

  `create table segments (
     id bigint generated always as identity primary key,
     contact_id bigint not null references contacts,
     owner_type text not null constraint segments_owner check (owner_type in ('queue', 'agent', 'bot')),
     owner_id bigint,
     started_at timestamptz(3) not null default now(),
     ended_at timestamptz(3),
     end_reason text
   )`,
  `create unique index segments_open on segments (contact_id) where ended_at is null`,
  `create index segments_contact on segments (contact_id, id)`,

  // No foreign key to conversations: it costs 15 % of the database's time on the path of every message, and every
  // writer holds the conversation's row lock anyway.
  `create table messages (
     id bigint generated always as identity primary key,
     conversation_id bigint not null,
     contact_id bigint,
     seq integer not null,
     change integer not null,
     kind text not null constraint messages_kind check (kind in ('message', 'note', 'activity')),
     author_kind text not null constraint messages_author check (author_kind in ('customer', 'agent', 'bot', 'system')),
     author_id bigint,
     content jsonb not null,
     client_id uuid,
     connection_id bigint,
     carrier_message_id text,
     delivery text constraint messages_delivery
       check (delivery in ('queued', 'unknown', 'sent', 'failed', 'cancelled', 'delivered', 'read')),
     delivery_reason text,
     delivery_detail text,
     attempts smallint not null default 0,
     -- A try is under way. Found so by the next one, its end was never recorded: the message may have gone out.
     sending boolean not null default false,
     maybe_twice boolean not null default false,
     not_before timestamptz(3),
     channel_sent_at timestamptz(3),
     received_at timestamptz(3),
     created_at timestamptz(3) not null default now(),
     sent_at timestamptz(3),
     delivered_at timestamptz(3),
     read_at timestamptz(3),
     failed_at timestamptz(3)
   ) with (fillfactor = 95)`,
  `create unique index messages_seq on messages (conversation_id, seq)`,
  `create index messages_change on messages (conversation_id, change)`,
  `create unique index messages_client on messages (conversation_id, client_id) where client_id is not null`,
  `create unique index messages_inbound on messages (connection_id, carrier_message_id) where author_kind = 'customer'`,
  `create unique index messages_outbound on messages (connection_id, carrier_message_id)
     where author_kind <> 'customer' and carrier_message_id is not null`,
  `create index messages_outbox on messages (conversation_id, seq) where delivery = 'queued'`,

  `create table attachments (
     id bigint generated always as identity primary key,
     conversation_id bigint not null references conversations,
     message_id bigint not null,
     source_url text not null,
     state text not null constraint attachments_state check (state in ('preparing', 'ready', 'unavailable')),
     name text not null,
     mime_type text not null,
     size bigint,
     stored_as text,
     created_at timestamptz(3) not null default now()
   )`,
  `create index attachments_message on attachments (message_id)`,

  `create table drafts (
     agent_id bigint not null references agents,
     conversation_id bigint not null references conversations,
     text text not null,
     updated_at timestamptz(3) not null default now(),
     constraint drafts_pkey primary key (agent_id, conversation_id)
   )`,
];
