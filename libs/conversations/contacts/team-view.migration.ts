import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The view チーム: open contacts by their queue. */
export class TeamView1764300004000 implements MigrationInterface {
  name = 'TeamView1764300004000';

  async up(runner: QueryRunner): Promise<void> {
    // Of contacts, not of inbox: that row moves with every message, and one more index entry for each of them would be
    // paid where messages come in. A contact enters here once it has its queue.
    await runner.query(
      `create index contacts_of_queue on contacts (queue_id, account_id) include (assignee_id, conversation_id)
         where closed_at is null and queue_id is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}
