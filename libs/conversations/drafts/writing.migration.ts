import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of notes too, with a version; and who was named in a note. */
export class Writing1764400013000 implements MigrationInterface {
  name = 'Writing1764400013000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  `create sequence draft_versions`,
  `alter table drafts
     add note text not null default '',
     add mentions jsonb not null default '[]',
     add answering int,
     add version bigint not null default nextval('draft_versions')`,

  `create table notifications (
     id bigint generated always as identity constraint notifications_pkey primary key,
     agent_id bigint not null constraint notifications_agent references agents,
     kind text not null,
     conversation_id bigint not null constraint notifications_conversation references conversations,
     message_id bigint not null,
     by_agent_id bigint not null constraint notifications_by references agents,
     created_at timestamptz(3) not null default now(),
     read_at timestamptz(3)
   )`,
  `create index notifications_of_agent on notifications (agent_id, id)`,
  `create index notifications_unread on notifications (agent_id, id) where read_at is null`,
  `create index notifications_conversation on notifications (conversation_id)`,
];
