import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Carrier1764000003000 implements MigrationInterface {
  name = 'Carrier1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table carrier_receipts_parked (
        connection_id bigint not null,
        carrier_message_id text not null,
        status text not null,
        detail text,
        at timestamptz(3),
        parked_at timestamptz(3) not null default now(),
        constraint carrier_receipts_parked_pkey primary key (connection_id, carrier_message_id, status),
        constraint carrier_receipts_parked_connection_id_fkey
          foreign key (connection_id) references carrier_connections (id) on delete cascade
      );
      create index carrier_receipts_parked_parked_at on carrier_receipts_parked (parked_at);

      create table carrier_events_kept (
        id bigint generated always as identity primary key,
        connection_id bigint not null,
        reason text not null,
        body text not null,
        received_at timestamptz(3) not null default now(),
        constraint carrier_events_kept_connection_id_fkey
          foreign key (connection_id) references carrier_connections (id) on delete cascade
      );
      create index carrier_events_kept_connection on carrier_events_kept (connection_id);
      create index carrier_events_kept_received_at on carrier_events_kept (received_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
