import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 送信内容確認 became a rule of queues: those that are there go on without it. */
export class ConfirmSend1764400025000 implements MigrationInterface {
  name = 'ConfirmSend1764400025000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`update queues set rules = rules || '{"confirmSend": false}'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
