import type { Client } from 'pg';
import { usualRules } from '#libs/routing/index.js';

export interface Crowd {
  queueId: string;
  agentIds: string[];
}

/**
 * A queue of its own with people who have all their hands full, and many who wait. Everybody belongs to the first account;
 * the queue is nobody's beginning, so that no webhook enters it.
 */
export async function crowd(
  client: Client,
  name: string,
  of: { agents: number; capacity: number; waiting: number; offerSeconds: number },
): Promise<Crowd> {
  const { name: _name, members: _members, accountIds: _accountIds, ...rules } = usualRules;
  const [queue] = (
    await client.query<{ id: string }>('insert into queues (name, rules) values ($1, $2) returning id', [
      name,
      JSON.stringify({ ...rules, offerSeconds: of.offerSeconds }),
    ])
  ).rows;
  const queueId = queue!.id;
  const { rows: people } = await client.query<{ id: string }>(peopleSql, [name, of.agents, of.capacity, queueId]);
  const agentIds = people.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
  await client.query(`update agent_runtime set routing = 'ready' where agent_id = any($1::bigint[])`, [agentIds]);
  const hands = agentIds.flatMap((id) => Array.from({ length: of.capacity }, () => id));
  await client.query(contactsSql, [name, queueId, [...hands, ...Array.from({ length: of.waiting }, () => null)]]);
  await client.query('analyze');
  return { queueId, agentIds };
}

const peopleSql = `
  with hired as (
    insert into agents (name, email, password_hash, role, visibility, capacity)
    select $1 || ' ' || n, $1 || n || '@bench.example', 'none', 'agent', 'account', $3 from generate_series(1, $2) n returning id
  ), entitled as (
    insert into agent_accounts (agent_id, account_id) select id, (select min(id) from accounts) from hired
  ), members as (
    insert into queue_members (queue_id, agent_id) select $4, id from hired
  )
  select id from hired`;

/** One contact for each of the given hands, the oldest first; those without a hand wait. */
const contactsSql = `
  with people as (
    insert into customers (address, phone) select $1 || '-' || n, $1 || '-' || n from generate_series(1, cardinality($3::bigint[])) n
    returning id, address
  ), places as (
    select p.id, h.n, h.agent_id, now() - (cardinality($3::bigint[]) - h.n) * interval '1 second' as at,
      nextval(pg_get_serial_sequence('contacts', 'id')) as contact_id
    from unnest($3::bigint[]) with ordinality as h(agent_id, n) join people p on p.address = $1 || '-' || h.n
  ), threads as (
    insert into conversations (account_id, customer_id, connection_id, contact_id, assignee_id, last_assignee_id, waiting_since,
      last_seq, last_change)
    select a.id, p.id, k.id, p.contact_id, p.agent_id, p.agent_id, p.at, 0, 0 from places p,
      (select min(id) as id from accounts) a join carrier_connections k on k.account_id = a.id
    returning id, account_id, contact_id, assignee_id, waiting_since
  ), listed as (
    insert into inbox (conversation_id, account_id, assignee_id, open, waiting_key, newest_key)
    select id, account_id, assignee_id, true, (extract(epoch from waiting_since) * 1000)::bigint,
      (extract(epoch from waiting_since) * 1000)::bigint
    from threads
  ), segmented as (
    insert into segments (contact_id, owner_type, owner_id)
    select contact_id, case when assignee_id is null then 'queue' else 'agent' end, coalesce(assignee_id, $2) from threads
  )
  insert into contacts (id, conversation_id, account_id, queue_id, state, assignee_id, enqueued_at, first_accepted_at)
  overriding system value
  select contact_id, id, account_id, $2, case when assignee_id is null then 'queued' else 'active' end, assignee_id, waiting_since,
    case when assignee_id is not null then waiting_since end
  from threads`;
