import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens and late answers of bots over HTTP, versions of guided flows, replays. */
export class BotDoors1764400024000 implements MigrationInterface {
  name = 'BotDoors1764400024000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

const statements = [
  `create table bot_tokens (
     bot_id bigint primary key references bots,
     -- SHA-256.
     hash bytea not null,
     created_at timestamptz(3) not null default now(),
     constraint bot_tokens_hash unique (hash)
   )`,

  // Turns that a bot over HTTP is asked for just now, and the answer it brings by itself; emptied an hour later.
  `create table bot_awaited (
     turn_id text primary key,
     bot_id bigint not null references bots,
     deadline timestamptz(3) not null,
     answer jsonb,
     over boolean not null default false
   ) with (fillfactor = 70)`,
  `create index bot_awaited_deadline on bot_awaited (deadline)`,

  `create table flow_versions (
     bot_id bigint not null references bots,
     version integer not null,
     document jsonb not null,
     agent_id bigint references agents,
     created_at timestamptz(3) not null default now(),
     primary key (bot_id, version)
   )`,

  `create table bot_replays (
     id bigint generated always as identity primary key,
     bot_id bigint not null references bots,
     bot_version integer,
     against_id bigint references bots,
     against_version integer,
     account_id bigint not null references accounts,
     since timestamptz(3) not null,
     until timestamptz(3) not null,
     -- Contacts in the order in which they are played, newest first.
     contact_ids bigint[] not null,
     done integer not null default 0,
     state text not null default 'waiting' constraint bot_replays_state check (state in ('waiting', 'running', 'done', 'stopped')),
     agent_id bigint references agents,
     created_at timestamptz(3) not null default now(),
     ended_at timestamptz(3)
   )`,
  `create index bot_replays_bot on bot_replays (bot_id, id)`,
  `create index bot_replays_against on bot_replays (against_id) where against_id is not null`,
  `create index bot_replays_account on bot_replays (account_id)`,

  // What was said stands in the thread; here is where, and what the bots would have answered.
  `create table bot_replay_turns (
     replay_id bigint not null references bot_replays on delete cascade,
     place integer not null,
     conversation_id bigint not null,
     contact_id bigint not null,
     number integer not null,
     from_seq integer not null,
     to_seq integer not null,
     result jsonb not null,
     other jsonb,
     differs boolean not null,
     primary key (replay_id, place)
   )`,
  `create index bot_replay_turns_differ on bot_replay_turns (replay_id, place) where differs`,

  // What is replayed: an account's contacts of some days. Neither column ever changes.
  `create index contacts_recorded on contacts (account_id, created_at)`,
];
