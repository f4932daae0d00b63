import type { Client } from 'pg';
import { saidSql } from './sayings.js';

/** Twenty messages to a conversation on average: one in fifty is long, the others are short. */
const LONG = { every: 50, messages: 510 };
const SHORT = 10;

/**
 * A call centre that has been at work for three months, on the accounts, connections and agents that are there. Of ten
 * conversations one is open with an agent, two are open and unassigned, seven are closed. Rows of a thread lie far
 * apart, as they do when they come in over time.
 */
export async function makeRows(client: Client, conversations: number): Promise<void> {
  for (const statement of threadsSql(conversations)) await client.query(statement);
  await withoutIndexes(client, ['messages'], () => client.query(messagesSql(conversations)));
  await client.query('vacuum (freeze, analyze)');
}

/** The n-th conversation is the n-th customer's; see `Customers` for who of them writes. */
const numbered = (conversations: number): string => `
  select n, (select array_agg(id order by id) from accounts)[1 + n % (select count(*) from accounts)] as account_id,
    (select array_agg(id order by account_id) from carrier_connections)[1 + n % (select count(*) from accounts)] as connection_id,
    case when n % ${LONG.every} = 0 then ${LONG.messages} else ${SHORT} end as length,
    (n - 1) % 10 < 3 as open,
    case when (n - 1) % 10 = 0 then (select array_agg(id order by id) from agents)
      [1 + ((n - 1) / 10) % (select count(*) from agents)] end as assignee_id,
    (select array_agg(id order by id) from agents)[1 + ((n - 1) / 10) % (select count(*) from agents)] as last_assignee_id,
    now() - make_interval(secs => (n::bigint * 7919 % 7776000)) as at
  from generate_series(1, ${conversations}) n`;

const threadsSql = (conversations: number): string[] => [
  `insert into customers (id, address, phone, name) overriding system value
   select n, '+8190' || lpad(n::text, 8, '0'), '+8190' || lpad(n::text, 8, '0'), case when n % 3 = 0 then '鈴木 ' || n end
   from generate_series(1, ${conversations}) n`,

  `insert into conversations (id, account_id, customer_id, connection_id, version, last_seq, last_change, read_seq, unread,
     last_message_seq, last_author, last_type, last_preview, last_at, waiting_since, last_activity_at, contact_id, assignee_id,
     last_assignee_id) overriding system value
   select n, account_id, n, connection_id, length, length, length, length, 0, length,
     case when n % 2 = 0 then 'customer' else 'agent' end, 'text', 'ありがとうございます。よろしくお願いします。', at,
     case when open and n % 2 = 0 then at end, at, case when open then n end, assignee_id, last_assignee_id
   from (${numbered(conversations)}) t`,

  `insert into contacts (id, conversation_id, account_id, state, assignee_id, enqueued_at, first_accepted_at, closed_at,
     close_reason) overriding system value
   select n, n, account_id, case when not open then 'closed' when assignee_id is null then 'queued' else 'active' end, assignee_id,
     at - interval '1 hour', case when assignee_id is not null then at end, case when not open then at end,
     case when not open then 'agent' end
   from (${numbered(conversations)}) t`,

  `insert into segments (contact_id, owner_type, owner_id, started_at, ended_at, end_reason)
   select n, case when assignee_id is null then 'queue' else 'agent' end, assignee_id, at - interval '1 hour',
     case when not open then at end, case when not open then 'closed' end
   from (${numbered(conversations)}) t`,

  `insert into inbox (conversation_id, account_id, assignee_id, open, waiting_key, newest_key)
   select id, account_id, case when contact_id is null then last_assignee_id else assignee_id end, contact_id is not null,
     case when waiting_since is not null then (extract(epoch from waiting_since) * 1000)::bigint
          else 10000000000000 - (extract(epoch from last_activity_at) * 1000)::bigint end,
     (extract(epoch from last_activity_at) * 1000)::bigint
   from conversations`,

  ...['customers', 'conversations', 'contacts'].map(
    (name) => `select setval(pg_get_serial_sequence('${name}', 'id'), (select max(id) from ${name}))`,
  ),
];

const messagesSql = (conversations: number): string => `
  insert into messages (conversation_id, contact_id, seq, change, kind, author_kind, author_id, content, client_id, connection_id,
    carrier_message_id, delivery, attempts, channel_sent_at, received_at, created_at, sent_at, delivered_at, read_at)
  select n, n, seq, seq, 'message', author, case when author = 'agent' then 1 + (n + seq) % 20 end,
    jsonb_build_object('type', 'text', 'text', seq || ' ' || ${saidSql}),
    case when author = 'agent' then gen_random_uuid() end, connection_id, md5(n || '-' || seq),
    case when author = 'agent' then 'read' end, case when author = 'agent' then 1 else 0 end,
    case when author = 'customer' then at end, case when author = 'customer' then at end, at,
    case when author = 'agent' then at end, case when author = 'agent' then at end, case when author = 'agent' then at end
  from (
    select c.id as n, seq, c.connection_id, case when (c.id + seq) % 2 = 0 then 'customer' else 'agent' end as author,
      c.last_activity_at - make_interval(hours => (c.last_seq - seq)) as at
    from generate_series(1, ${LONG.messages}) seq,
      lateral generate_series(case when seq <= ${SHORT} then 1 else ${LONG.every} end, ${conversations},
        case when seq <= ${SHORT} then 1 else ${LONG.every} end) n
      join conversations c on c.id = n
  ) t`;

/** Building an index from many rows at once is far faster than growing it row by row. */
export async function withoutIndexes(
  client: Client,
  tables: readonly string[],
  work: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await client.query<{ definition: string; index: string }>(
    `select pg_get_indexdef(i.indexrelid) as definition, i.indexrelid::regclass::text as index from pg_index i
     where i.indrelid = any($1::regclass[]) and not i.indisprimary`,
    [tables],
  );
  for (const { index } of rows) await client.query(`drop index ${index}`);
  await work();
  for (const { definition } of rows) await client.query(definition);
}
