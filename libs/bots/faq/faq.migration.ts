import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the FAQ bot knows, how an account's customers say it, and what it was asked. */
export class Faq1764400023000 implements MigrationInterface {
  name = 'Faq1764400023000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

const statements = [
  `create table faq_entries (
     id bigint generated always as identity primary key,
     account_id bigint not null references accounts,
     category text not null,
     language text not null,
     phrasings text[] not null,
     content jsonb not null,
     state text not null,
     valid_from timestamptz(3),
     valid_until timestamptz(3),
     version integer not null default 1,
     answered integer not null default 0,
     offered integer not null default 0,
     chosen integer not null default 0,
     proposed_by bigint references agents,
     updated_by bigint references agents,
     created_at timestamptz(3) not null default now(),
     updated_at timestamptz(3) not null default now(),
     deleted_at timestamptz(3),
     constraint faq_entries_language check (language in ('ja', 'en')),
     constraint faq_entries_state check (state in ('proposed', 'on', 'off')),
     constraint faq_entries_phrasings check (cardinality(phrasings) > 0)
   )`,
  `create index faq_entries_of on faq_entries (account_id) where deleted_at is null`,
  `create index faq_entries_deleted on faq_entries (deleted_at) where deleted_at is not null`,
  `create table faq_rewordings (
     account_id bigint primary key references accounts,
     groups jsonb not null
   )`,
  `create table faq_questions (
     id bigint generated always as identity primary key,
     -- The turn in which it was asked: a turn that is tried again asks it once.
     turn_id text not null,
     account_id bigint not null,
     conversation_id bigint not null,
     contact_id bigint not null,
     seq integer not null,
     language text not null,
     question text not null,
     verdict text not null,
     entry_id bigint,
     -- Answered after all: by a choice, or by somebody who looked at it.
     settled_at timestamptz(3),
     at timestamptz(3) not null default clock_timestamp(),
     constraint faq_questions_verdict check (verdict in ('answer', 'ask', 'unsure'))
   )`,
  `create unique index faq_questions_turn on faq_questions (turn_id)`,
  `create index faq_questions_open on faq_questions (account_id, id desc)
     where settled_at is null and verdict <> 'answer'`,
  `create index faq_questions_contact on faq_questions (contact_id, id) where settled_at is null and verdict = 'ask'`,
  `create index faq_questions_at on faq_questions (at)`,
];
