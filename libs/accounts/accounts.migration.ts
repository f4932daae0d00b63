import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Accounts1764000001000 implements MigrationInterface {
  name = 'Accounts1764000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table accounts (
        id bigint generated always as identity primary key,
        name text not null,
        description text not null default '',
        logo_url text,
        verified boolean not null default false,
        created_at timestamptz(3) not null default now()
      );

      create table carrier_connections (
        id bigint generated always as identity primary key,
        account_id bigint not null,
        wire text not null,
        connection_key text not null,
        settings jsonb not null,
        credentials bytea not null,
        active boolean not null default true,
        created_at timestamptz(3) not null default now(),
        constraint carrier_connections_account_id_fkey foreign key (account_id) references accounts (id)
      );
      create unique index carrier_connections_connection_key on carrier_connections (connection_key);
      create index carrier_connections_account on carrier_connections (account_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
