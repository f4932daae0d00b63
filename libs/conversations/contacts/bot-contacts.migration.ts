import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs may have a contact, as people do. */
export class BotContacts1764400021000 implements MigrationInterface {
  name = 'BotContacts1764400021000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  // Only what rows and threads show of a bot; whoever runs them keeps the rest beside it.
  `create table bots (
     id bigint generated always as identity primary key,
     name text not null
   )`,

  // Who has new contacts of an account first; written by whoever runs bots, narrow because every new contact asks it.
  `create table account_first_bots (
     account_id bigint primary key references accounts,
     bot_id bigint not null references bots
   )`,

  `alter table contacts
     -- Rises whenever the contact changes hands: what was begun for an older owner is worth nothing.
     add column ownership integer not null default 0,
     add column bot_id bigint references bots,
     -- Whoever takes it must have these, by id.
     add column asked_skills bigint[] not null default '{}',
     -- What the customer is told when it enters a queue that says nothing of its own, and in which language.
     add column entry_words jsonb,
     drop constraint contacts_state,
     add constraint contacts_state check (state in
       ('bot', 'queued', 'offered', 'active', 'held', 'waiting', 'snoozed', 'wrapup', 'closed', 'abandoned'))`,
  `alter table conversations add column bot_id bigint references bots`,

  // The view 自動応答中 is few at a time; what people wait for stays a list of its own.
  `alter table inbox add column bot_id bigint`,
  `drop index inbox_unassigned`,
  `create index inbox_unassigned on inbox (account_id, waiting_key, conversation_id)
     where open and assignee_id is null and bot_id is null`,
  `create index inbox_bot on inbox (account_id, waiting_key, conversation_id) where open and bot_id is not null`,
];
