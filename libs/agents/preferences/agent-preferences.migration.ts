import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AgentPreferences1764400016000 implements MigrationInterface {
  name = 'AgentPreferences1764400016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agent_preferences (
        agent_id bigint primary key,
        chosen jsonb not null,
        constraint agent_preferences_agent_id_fkey foreign key (agent_id) references agents (id)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
