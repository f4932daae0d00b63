import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

/** The webhook of one official account. */
export interface Door {
  path: string;
  token: string;
  connectionId: string;
}

export interface Session {
  token: string;
  cookie: string;
}

/** Known to every process of a run, and to nothing else. */
export const MASTER_KEY = createHash('sha256').update('bench').digest('base64');
export const WEBHOOK_TOKEN = 'bench-webhook';
export const CARRIER_TOKEN = 'bench-carrier';

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Doors in the order of their accounts. */
export function readDoors(url: string): Promise<Door[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string; connection_key: string }>(
      'select id, connection_key from carrier_connections order by account_id',
    );
    return rows.map((row) => ({
      path: `/carrier/maap/${row.connection_key}`,
      token: WEBHOOK_TOKEN,
      connectionId: row.id,
    }));
  });
}

/** From now on messages go out to this address. */
export function pointToCarrier(url: string, carrierUrl: string): Promise<unknown> {
  return withClient(url, (client) =>
    client.query(`update carrier_connections set settings = jsonb_set(settings, '{baseUrl}', to_jsonb($1::text))`, [
      `${carrierUrl}/rcs/bot/v1`,
    ]),
  );
}

/** Sign-in takes fifty milliseconds of purposeful work; two thousand sessions are written instead, as it would. */
export function openSessions(url: string, count: number): Promise<Session[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  return withClient(url, async (client) => {
    await client.query(
      `insert into sessions (agent_id, token_hash, expires_at)
       select a.id, hash, now() + interval '12 hours'
       from unnest($1::bytea[]) with ordinality as given(hash, place)
         join (select id, row_number() over (order by id) as place, count(*) over () as agents from agents) a
           on a.place = (given.place - 1) % a.agents + 1`,
      [tokens.map((token) => createHash('sha256').update(token).digest())],
    );
    return tokens.map((token) => ({ token, cookie: `madoguchi_session=${token}` }));
  });
}

/** One for each of these agents, in their order. */
export function sessionsOf(url: string, agentIds: readonly string[]): Promise<Session[]> {
  const tokens = agentIds.map(() => randomBytes(32).toString('base64url'));
  return withClient(url, async (client) => {
    await client.query(
      `insert into sessions (agent_id, token_hash, expires_at)
       select agent_id, hash, now() + interval '12 hours' from unnest($1::bigint[], $2::bytea[]) given(agent_id, hash)`,
      [agentIds, tokens.map((token) => createHash('sha256').update(token).digest())],
    );
    return tokens.map((token) => ({ token, cookie: `madoguchi_session=${token}` }));
  });
}

/** Open conversations of the first agents, as `filling.ts` gave them out. */
export function conversationsOfAgents(url: string, agents: number): Promise<string[][]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ ids: string[] }>(
      `select array_agg(c.id::text order by c.id) as ids from conversations c
       where c.assignee_id in (select id from agents order by id limit $1)
       group by c.assignee_id order by c.assignee_id`,
      [agents],
    );
    return rows.map(({ ids }) => ids);
  });
}

/** Threads with some hundred messages. */
export function longThreads(url: string): Promise<{ id: string; lastSeq: number }[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string; last_seq: number }>(
      'select id, last_seq from conversations where last_seq > 200 order by id',
    );
    return rows.map((row) => ({ id: row.id, lastSeq: row.last_seq }));
  });
}
