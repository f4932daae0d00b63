import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Routing1764200005000 implements MigrationInterface {
  name = 'Routing1764200005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table queues (
        id bigint generated always as identity primary key,
        name text not null,
        version integer not null default 1,
        -- Everything an administrator sets but name and members; held to its shape where it is written.
        rules jsonb not null,
        created_at timestamptz(3) not null default now(),
        deleted_at timestamptz(3)
      );
      create unique index queues_name on queues (lower(name)) where deleted_at is null;

      create table queue_members (
        queue_id bigint not null,
        agent_id bigint not null,
        rank smallint not null default 1,
        delay_seconds integer not null default 0,
        primary key (queue_id, agent_id),
        constraint queue_members_queue_id_fkey foreign key (queue_id) references queues (id),
        constraint queue_members_agent_id_fkey foreign key (agent_id) references agents (id)
      );
      create index queue_members_agent on queue_members (agent_id);
      alter table account_queues add constraint account_queues_queue_id_fkey foreign key (queue_id) references queues (id);

      create table offers (
        id bigint generated always as identity primary key,
        contact_id bigint not null,
        conversation_id bigint not null,
        agent_id bigint not null,
        queue_id bigint,
        kind text not null,
        from_agent_id bigint,
        note text,
        made_at timestamptz(3) not null default clock_timestamp(),
        deadline timestamptz(3) not null,
        outcome text,
        ended_at timestamptz(3),
        reason text,
        reason_note text,
        constraint offers_kind check (kind in ('queue', 'transfer')),
        constraint offers_outcome check (outcome in ('accepted', 'declined', 'expired', 'withdrawn')),
        constraint offers_contact_id_fkey foreign key (contact_id) references contacts (id),
        constraint offers_agent_id_fkey foreign key (agent_id) references agents (id)
      );
      -- A contact is offered to one person at a time: the database itself says so.
      create unique index offers_open on offers (contact_id) where outcome is null;
      create index offers_of_agent on offers (agent_id) where outcome is null;
      create index offers_contact on offers (contact_id, id);

      create table decisions (
        id bigint generated always as identity primary key,
        contact_id bigint not null,
        conversation_id bigint not null,
        at timestamptz(3) not null default clock_timestamp(),
        path text not null,
        queue_id bigint,
        strategy text,
        skill_step smallint,
        waited_seconds integer not null,
        agent_id bigint not null,
        by_agent_id bigint,
        override boolean not null default false,
        offer_id bigint,
        candidates jsonb not null,
        more integer not null default 0,
        constraint decisions_path check (path in ('engine', 'claim', 'assignment', 'transfer', 'reply')),
        constraint decisions_contact_id_fkey foreign key (contact_id) references contacts (id),
        constraint decisions_offer_id_fkey foreign key (offer_id) references offers (id)
      );
      create index decisions_conversation on decisions (conversation_id, id);
      create index decisions_queue on decisions (queue_id, at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
