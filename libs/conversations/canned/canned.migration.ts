import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 定型文 and NGワード; and card numbers leave what lists show. */
export class Canned1764400011000 implements MigrationInterface {
  name = 'Canned1764400011000';

  async up(runner: QueryRunner): Promise<void> {
    // A queue belongs to a lib above: its id stands here without a foreign key, as in contacts.
    await runner.query(`
      create table canned_responses (
        id bigint generated always as identity primary key,
        scope text not null check (scope in ('personal', 'queue', 'account')),
        agent_id bigint references agents,
        account_id bigint references accounts,
        queue_id bigint,
        owner_id bigint not null generated always as (coalesce(agent_id, account_id, queue_id)) stored,
        folder text not null,
        name text not null,
        reading text not null,
        shortcut text,
        shortcut_key text,
        content jsonb not null,
        version int not null default 1,
        uses int not null default 0,
        updated_by bigint references agents,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now(),
        deleted_at timestamptz(3),
        constraint canned_responses_shelf check (
          (scope = 'personal') = (agent_id is not null) and (scope = 'account') = (account_id is not null)
            and (scope = 'queue') = (queue_id is not null))
      )`);
    await runner.query(
      `create index canned_responses_of on canned_responses (owner_id, scope) where deleted_at is null`,
    );
    await runner.query(
      `create unique index canned_responses_shortcut on canned_responses (owner_id, scope, shortcut_key)
         where deleted_at is null and shortcut_key is not null`,
    );
    await runner.query(
      `create index canned_responses_deleted on canned_responses (deleted_at) where deleted_at is not null`,
    );
    await runner.query(`
      create table forbidden_words (
        id bigint generated always as identity primary key,
        account_id bigint not null references accounts,
        word text not null,
        word_key text not null,
        severity text not null check (severity in ('warn', 'block')),
        note text not null,
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`create unique index forbidden_words_word on forbidden_words (account_id, word_key)`);
    // From now on previews are masked when they are written; of those that stand there, what looks like a card is cut.
    await runner.query(
      `update conversations set last_preview = regexp_replace(last_preview, '[0-9０-９](?:[ 　-]?[0-9０-９]){12,18}', '••••', 'g')
       where last_preview ~ '[0-9０-９](?:[ 　-]?[0-9０-９]){12}'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
