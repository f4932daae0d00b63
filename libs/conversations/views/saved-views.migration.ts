import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of the list, kept under a name. */
export class SavedViews1764400014001 implements MigrationInterface {
  name = 'SavedViews1764400014001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table saved_views (
         id bigint generated always as identity primary key,
         -- Null: everybody's.
         owner_id bigint references agents,
         name text not null,
         filters jsonb not null,
         list_order text not null constraint saved_views_order check (list_order in ('waiting', 'newest')),
         position integer not null,
         created_at timestamptz(3) not null default now()
       )`,
    );
    await runner.query(`create index saved_views_owner on saved_views (owner_id, position)`);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
