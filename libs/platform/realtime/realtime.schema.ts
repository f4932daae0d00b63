import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Schema } from '#libs/platform/database/index.js';

/** Where the Socket.IO adapter puts fleeting news that are too large for a notification. */
class Realtime1764000000000 implements MigrationInterface {
  name = 'Realtime1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table socket_io_attachments (
        id bigserial primary key,
        created_at timestamptz default now(),
        payload bytea
      )`);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

export const realtimeSchema: Schema = { entities: [], migrations: [Realtime1764000000000] };
