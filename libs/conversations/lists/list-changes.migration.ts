import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lighter rows on the path of every message. */
export class ListChanges1764100004000 implements MigrationInterface {
  name = 'ListChanges1764100004000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  // What each transaction changed in the lists of an account, for screens that come back. One row a transaction, however
  // many conversations: as a column of inbox it was one more index entry for every message and every delivery report.
  `create table list_changes (
     account_id bigint not null,
     -- The transaction; see ListChanges.
     feed bigint not null,
     conversation_ids bigint[] not null,
     at timestamptz(3) not null default now()
   )`,
  `create index list_changes_feed on list_changes (account_id, feed)`,
  `create index list_changes_at on list_changes using brin (at)`,
  // From here on nothing was dropped.
  `create table list_changes_kept (from_feed bigint not null)`,
  `insert into list_changes_kept select pg_current_xact_id()::text::bigint`,
  `drop index inbox_feed`,
  `alter table inbox drop column feed`,

  // Two rows of a statement each, only to repeat what the messages say.
  `alter table contacts drop column last_customer_message_at, drop column last_agent_message_at`,

  // As for messages: every writer holds the conversation's row lock, so there is nothing that a key could catch.
  `alter table contacts drop constraint contacts_conversation_id_fkey`,
  `alter table segments drop constraint segments_contact_id_fkey`,
  `alter table inbox drop constraint inbox_conversation_id_fkey`,

  // Looked up for every message and compared byte by byte; nobody sorts by them.
  `alter table customers alter column address type text collate "C"`,
  `alter table messages alter column carrier_message_id type text collate "C"`,
];
