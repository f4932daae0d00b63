import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What searching and saved views stand on. */
export class Finding1764400014000 implements MigrationInterface {
  name = 'Finding1764400014000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  // Filled after commit by the follower (search/search-follower.ts), never on the path of a message. No foreign keys: it
  // is a copy, and could be thrown away and filled anew.
  `create table message_search (
     message_id bigint primary key,
     account_id bigint not null,
     conversation_id bigint not null,
     contact_id bigint,
     created_at timestamptz(3) not null,
     note boolean not null,
     -- Every character and every pair of neighbours: see search/codes.ts.
     codes integer[] not null
   )`,
  // Back from the newest.
  `create index message_search_newest on message_search (account_id, created_at, message_id)`,
  // With the account in it where the extension may be had: it is one of those that the owner of a database may create. Where
  // it may not, by the codes alone, which finds the same and reads more.
  `do $$
   begin
     create extension if not exists btree_gin;
   exception when others then
     raise notice 'btree_gin is not to be had here: %', sqlerrm;
   end $$`,
  `do $$
   begin
     if exists (select from pg_extension where extname = 'btree_gin') then
       create index message_search_codes on message_search using gin (account_id, codes) with (gin_pending_list_limit = 1024);
     else
       create index message_search_codes on message_search using gin (codes) with (gin_pending_list_limit = 1024);
     end if;
   end $$`,

  `create table customer_search (customer_id bigint primary key, codes integer[] not null)`,
  `create index customer_search_codes on customer_search using gin (codes) with (gin_pending_list_limit = 1024)`,
  // Customers whose words have changed since. Not for new ones: they are found by their ids.
  `create table customer_search_due (customer_id bigint primary key)`,
  `create function customers_search_anew() returns trigger language plpgsql as $$
   begin
     insert into customer_search_due values (new.id) on conflict do nothing;
     return null;
   end $$`,
  `create trigger customers_search_anew after update on customers for each row
     when (old.* is distinct from new.*) execute function customers_search_anew()`,

  // One row. Messages up to `upto` are in the index, but for those up to `back_to`: those were there when the index came,
  // and are taken in from the newest to the oldest, beside what comes in.
  `create table search_progress (
     upto bigint not null,
     back_to bigint not null,
     customers_upto bigint not null
   )`,
  `insert into search_progress
     select coalesce(max(id), 0), coalesce(max(id), 0), 0 from messages`,
];
