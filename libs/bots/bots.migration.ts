import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Bots1764400022000 implements MigrationInterface {
  name = 'Bots1764400022000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

const statements = [
  `alter table bots
     add column key text not null,
     add column kind text not null,
     add column enabled boolean not null default true,
     add column settings jsonb not null default '{}',
     -- Sealed; see SecretBox.
     add column secret bytea,
     add column version integer not null default 1,
     add column created_at timestamptz(3) not null default now(),
     add column deleted_at timestamptz(3),
     add constraint bots_kind check (kind in ('module', 'http', 'flow', 'faq', 'openai')),
     add constraint bots_key unique (key)`,

  `create table account_bots (
     account_id bigint not null references accounts,
     bot_id bigint not null references bots,
     place smallint not null,
     primary key (account_id, bot_id)
   )`,
  `create index account_bots_bot on account_bots (bot_id)`,
  `create table account_bot_rules (
     account_id bigint primary key references accounts,
     words text[] not null default '{}',
     hand_off_text text
   )`,

  `create table bot_turns (
     id bigint generated always as identity primary key,
     conversation_id bigint not null,
     contact_id bigint not null,
     account_id bigint not null,
     bot_id bigint not null,
     -- What the contact's was when the bot was asked; its answer is worth something as long as that is so.
     ownership integer not null,
     number integer not null,
     from_seq integer not null,
     to_seq integer not null,
     outcome text,
     fault text,
     remarks jsonb,
     -- The same words and the same answer twice in a row go round in circles; hashes, not words.
     said_key text,
     answer_key text,
     started_at timestamptz(3) not null default clock_timestamp(),
     -- No answer is taken after it.
     deadline timestamptz(3) not null,
     ended_at timestamptz(3),
     took_ms integer,
     constraint bot_turns_outcome check (outcome in
       ('answered', 'handedOff', 'passed', 'failed', 'late', 'invalid', 'rejected', 'resting', 'words', 'loop'))
   )`,
  // One under way for a contact; and one for the same words and the same bot, whatever runs twice.
  `create unique index bot_turns_running on bot_turns (contact_id) where outcome is null`,
  `create unique index bot_turns_once on bot_turns (contact_id, ownership, to_seq)`,
  `create index bot_turns_bot on bot_turns (bot_id, id)`,
  `create index bot_turns_recent on bot_turns (started_at, bot_id)`,

  // What a bot keeps for a contact.
  `create table bot_memories (
     contact_id bigint not null,
     bot_id bigint not null,
     state jsonb not null,
     primary key (contact_id, bot_id)
   )`,

  `create table contact_handoffs (
     id bigint generated always as identity primary key,
     contact_id bigint not null references contacts,
     conversation_id bigint not null,
     -- Once for each time that a bot had it.
     ownership integer not null,
     bot_id bigint not null references bots,
     reason text not null,
     summary text,
     fields jsonb not null default '[]',
     queue_id bigint,
     skill_ids bigint[] not null default '{}',
     at timestamptz(3) not null default clock_timestamp(),
     constraint contact_handoffs_reason check (reason in
       ('asked', 'unsure', 'done', 'rule', 'failed', 'late', 'loop', 'words'))
   )`,
  `create unique index contact_handoffs_once on contact_handoffs (contact_id, ownership)`,
  `create index contact_handoffs_conversation on contact_handoffs (conversation_id, id)`,

  // Contacts that a bot began with, for the numbers: who had them stands in segments.
  `create index segments_of_bots on segments (started_at) where owner_type = 'bot'`,
];
