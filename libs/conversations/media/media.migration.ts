import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Media1764400012000 implements MigrationInterface {
  name = 'Media1764400012000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  `alter table attachments
     alter column message_id drop not null,
     alter column source_url drop not null,
     add column thumbnails boolean not null default false,
     add column placed jsonb`,
  // The nightly look for files that no row names.
  `create index attachments_stored on attachments (stored_as) where stored_as is not null`,

  `create table uploads (
     id uuid primary key,
     agent_id bigint not null references agents,
     name text not null,
     mime_type text not null,
     size bigint not null,
     state text not null constraint uploads_state check (state in ('receiving', 'preparing', 'ready', 'refused')),
     refusal text,
     found text,
     width integer,
     height integer,
     seconds double precision,
     message_id bigint,
     created_at timestamptz(3) not null default now()
   )`,
  `create index uploads_unsent on uploads (agent_id) where message_id is null`,
  `create index uploads_created on uploads (created_at)`,
];
