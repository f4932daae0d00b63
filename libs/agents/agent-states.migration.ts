import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AgentStates1764200002000 implements MigrationInterface {
  name = 'AgentStates1764200002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agents add column capacity integer not null default 3;

      create table skills (
        id bigint generated always as identity primary key,
        name text not null,
        created_at timestamptz(3) not null default now()
      );
      create unique index skills_name on skills (lower(name));

      create table agent_skills (
        agent_id bigint not null,
        skill_id bigint not null,
        level smallint not null,
        primary key (agent_id, skill_id),
        constraint agent_skills_level check (level between 1 and 5),
        constraint agent_skills_agent_id_fkey foreign key (agent_id) references agents (id),
        constraint agent_skills_skill_id_fkey foreign key (skill_id) references skills (id) on delete cascade
      );
      create index agent_skills_skill on agent_skills (skill_id);

      create table agent_runtime (
        agent_id bigint primary key,
        connection text not null default 'disconnected',
        grace_until timestamptz(3),
        routing text not null default 'not_ready',
        reason text,
        not_responding boolean not null default false,
        since timestamptz(3) not null default now(),
        last_assigned_at timestamptz(3),
        last_contact_ended_at timestamptz(3),
        departure text,
        departed_at timestamptz(3),
        version bigint not null default 0,
        constraint agent_runtime_agent_id_fkey foreign key (agent_id) references agents (id),
        constraint agent_runtime_connection check (connection in ('connected', 'grace', 'disconnected')),
        constraint agent_runtime_routing check (routing in ('ready', 'not_ready')),
        constraint agent_runtime_departure check ((departure is null) = (departed_at is null)),
        constraint agent_runtime_grace check ((connection = 'grace') = (grace_until is not null))
      ) with (fillfactor = 70);
      create index agent_runtime_grace_until on agent_runtime (grace_until) where connection = 'grace';
      create index agent_runtime_departed on agent_runtime (agent_id) where departure is not null;

      -- Every agent has exactly one row, whoever made her: routing locks it, and a missing one would lock nothing.
      create function agents_give_runtime() returns trigger language plpgsql as $$
      begin
        insert into agent_runtime (agent_id) values (new.id);
        return null;
      end $$;
      create trigger agents_give_runtime after insert on agents
        for each row execute function agents_give_runtime();
      insert into agent_runtime (agent_id) select id from agents;

      create table agent_state_log (
        id bigint generated always as identity primary key,
        agent_id bigint not null,
        layer text not null,
        from_state text not null,
        to_state text not null,
        reason text,
        at timestamptz(3) not null,
        by_agent_id bigint,
        constraint agent_state_log_layer check (layer in ('connection', 'routing', 'responding')),
        constraint agent_state_log_agent_id_fkey foreign key (agent_id) references agents (id),
        constraint agent_state_log_by_agent_id_fkey foreign key (by_agent_id) references agents (id)
      );
      create index agent_state_log_agent on agent_state_log (agent_id, id);

      -- A node holds sockets of a session. The node's number is worth something only while its lock is held.
      create table agent_sockets (
        node integer not null,
        session_id bigint not null,
        agent_id bigint not null,
        primary key (session_id, node),
        constraint agent_sockets_session_id_fkey foreign key (session_id) references sessions (id) on delete cascade,
        constraint agent_sockets_agent_id_fkey foreign key (agent_id) references agents (id)
      );
      create index agent_sockets_agent on agent_sockets (agent_id);
      create index agent_sockets_node on agent_sockets (node);
      create sequence agent_socket_nodes as integer cycle;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
