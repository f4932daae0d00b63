import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of a customer beyond name and number, labels, and what joins or parts two customers. */
export class Customers1764400015000 implements MigrationInterface {
  name = 'Customers1764400015000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  // All of them null for whoever has just written for the first time: her row costs what it did before.
  `alter table customers
     add column language text,
     -- Rises with everything that is changed about her: a panel that is open asks again.
     add column version integer not null default 1,
     -- Shown as one person with that one; the row stays, because messages come in by its number.
     add column merged_into bigint references customers,
     add column verified_at timestamptz(3),
     add column verified_until timestamptz(3),
     add column verified_method text,
     add column verified_by bigint references agents,
     add column blocked_at timestamptz(3),
     add column blocked_by bigint references agents,
     add column blocked_reason text,
     add column opted_out_at timestamptz(3),
     add column opted_out_by bigint references agents,
     -- The number went to somebody else: who has it now.
     add column succeeded_by bigint references customers`,
  `create index customers_merged on customers (merged_into) where merged_into is not null`,
  `create index customers_blocked on customers (id) where blocked_at is not null`,
  // For those who are looked for before two are joined: by the beginning of a name, or by the same ふりがな.
  `create index customers_name on customers (name text_pattern_ops) where name is not null`,
  `create index customers_kana on customers (kana text_pattern_ops) where kana is not null`,

  `create table labels (
     id bigint generated always as identity primary key,
     account_id bigint not null references accounts,
     name text not null,
     color text not null,
     position integer not null default 0,
     active boolean not null default true,
     created_at timestamptz(3) not null default now()
   )`,
  `create unique index labels_name on labels (account_id, lower(name))`,
  // Who set it when, and in which contact: what reports count.
  `create table conversation_labels (
     conversation_id bigint not null references conversations,
     label_id bigint not null references labels,
     contact_id bigint,
     by_agent_id bigint references agents,
     at timestamptz(3) not null default now(),
     constraint conversation_labels_pkey primary key (conversation_id, label_id)
   )`,
  `create index conversation_labels_label on conversation_labels (label_id, conversation_id)`,
  // The same once more, in the order they were set, so that a row of the list is read without another look.
  `alter table conversations add column label_ids bigint[]`,

  `create table customer_fields (
     id bigint generated always as identity primary key,
     account_id bigint not null references accounts,
     key text not null,
     label text not null,
     kind text not null constraint customer_fields_kind check (kind in ('text', 'number', 'date', 'choice')),
     choices text[] not null default '{}',
     position integer not null default 0,
     active boolean not null default true,
     created_at timestamptz(3) not null default now()
   )`,
  `create unique index customer_fields_key on customer_fields (account_id, key)`,
  `create table customer_values (
     customer_id bigint not null references customers,
     field_id bigint not null references customer_fields,
     value text not null,
     by_agent_id bigint references agents,
     at timestamptz(3) not null default now(),
     constraint customer_values_pkey primary key (customer_id, field_id)
   )`,
  `create table customer_rules (
     account_id bigint primary key references accounts,
     verification_days integer not null
   )`,

  `create table customer_notes (
     id bigint generated always as identity primary key,
     customer_id bigint not null references customers,
     agent_id bigint not null references agents,
     text text not null,
     created_at timestamptz(3) not null default now()
   )`,
  `create index customer_notes_customer on customer_notes (customer_id, id)`,
  `create table customer_reveals (
     id bigint generated always as identity primary key,
     customer_id bigint not null references customers,
     agent_id bigint not null references agents,
     at timestamptz(3) not null default now()
   )`,
  `create index customer_reveals_customer on customer_reveals (customer_id, id)`,

  `create table customer_merges (
     id bigint generated always as identity primary key,
     kept_id bigint not null references customers,
     joined_id bigint not null references customers,
     by_agent_id bigint not null references agents,
     at timestamptz(3) not null default now(),
     -- What was there before and what stood there afterwards, of both.
     record jsonb not null,
     undone_at timestamptz(3),
     undone_by bigint references agents
   )`,
  `create unique index customer_merges_joined on customer_merges (joined_id) where undone_at is null`,
  `create index customer_merges_kept on customer_merges (kept_id)`,

  `create index attachments_conversation on attachments (conversation_id, id)`,
];
