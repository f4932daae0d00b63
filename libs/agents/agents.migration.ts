import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Agents1764000002000 implements MigrationInterface {
  name = 'Agents1764000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agents (
        id bigint generated always as identity primary key,
        name text not null,
        email text not null,
        password_hash text not null,
        role text not null,
        visibility text not null,
        locale text not null default 'ja',
        active boolean not null default true,
        created_at timestamptz(3) not null default now()
      );
      create unique index agents_email on agents (lower(email));

      create table agent_accounts (
        agent_id bigint not null,
        account_id bigint not null,
        primary key (agent_id, account_id),
        constraint agent_accounts_agent_id_fkey foreign key (agent_id) references agents (id),
        constraint agent_accounts_account_id_fkey foreign key (account_id) references accounts (id)
      );
      create index agent_accounts_account on agent_accounts (account_id);

      create table sessions (
        id bigint generated always as identity primary key,
        agent_id bigint not null,
        token_hash bytea not null,
        created_at timestamptz(3) not null default now(),
        last_seen_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        user_agent text,
        ended_at timestamptz(3),
        constraint sessions_agent_id_fkey foreign key (agent_id) references agents (id)
      );
      create unique index sessions_token_hash on sessions (token_hash);
      create index sessions_agent on sessions (agent_id);

      create table sign_in_failures (
        subject bytea primary key,
        failures integer not null,
        last_at timestamptz(3) not null
      );
      create index sign_in_failures_last_at on sign_in_failures (last_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
