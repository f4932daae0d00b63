import type { Client } from 'pg';

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

/**
 * What people write to a call centre: a dozen turns of phrase, a thing and a place. Of the places half are common and half are
 * named once in a few thousand messages, as words are.
 */
const phrases = [
  'ですが、日付を来週の土曜日に変更することはできますか。',
  'の件で先日お電話した者です。その後いかがでしょうか。',
  'をお願いしたいのですが、どのような手続きが必要ですか。',
  'について確認しました。ご連絡ありがとうございます。',
  'が届きません。配送の状況を教えていただけますか。',
  'の請求書を再発行していただくことは可能でしょうか。',
  'を解約したいと思っています。違約金はかかりますか。',
  'の画面が開けません。パスワードも忘れてしまいました。',
  'はいつ頃になりますか。急いでいます。',
  'の見積もりをいただけますか。担当の方によろしくお伝えください。',
  'に住所を変更しました。書類の送付先もお願いします。',
  'をキャンセルしてください。返金はいつになりますか。',
];
const things = [
  '予約',
  '注文',
  '契約',
  '商品',
  '口座',
  '保険',
  '荷物',
  '会員登録',
  '修理',
  'お支払い',
  'ご案内',
  'クレジットカード',
];
const places = ['東京', '大阪', '横浜', '名古屋', '札幌', '神戸', '福岡', '仙台', '広島', '京都'];
const rarePlaces =
  '室蘭 釧路 稚内 根室 弘前 角館 米沢 会津 足利 秩父 銚子 熱海 下呂 飛騨 彦根 舞鶴 豊岡 津山 尾道 萩市 鳴門 宇和島 柳川 臼杵 指宿'.split(
    ' ',
  );
const oneOf = (words: readonly string[], by: string): string =>
  `(array[${words.map((word) => `'${word}'`).join(',')}])[1 + (${by}) % ${words.length}]`;
const saidSql = `case (n * 7 + seq * 13) % 200 when 0 then ${oneOf(rarePlaces, 'n / 7 + seq')} || 'の'
      when 1 then '' else ${oneOf(places, 'n * 13 + seq')} || 'の' end
      || ${oneOf(things, 'n * 31 + seq * 17')} || ${oneOf(phrases, 'n * 11 + seq * 29')}`;

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
