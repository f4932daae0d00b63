import { DataSource } from 'typeorm';
import type { Socket } from 'socket.io-client';
import type { AgentEvent, AgentLayers, AgentStateView, AgentView } from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import type { Desk, PeopleNode } from './people.js';

/** What the log says of one agent, without times: `layer from>to reason by`. */
export async function logOf(node: PeopleNode, agentId: string): Promise<string[]> {
  const rows = await node.app
    .get(DataSource)
    .query<
      { layer: string; from_state: string; to_state: string; reason: string | null; by_agent_id: string | null }[]
    >('select * from agent_state_log where agent_id = $1 order by id', [agentId]);
  return rows.map((row) =>
    [row.layer, `${row.from_state}>${row.to_state}`, row.reason ?? '-', row.by_agent_id ?? 'server'].join(' '),
  );
}

/** The layers that the rows of the log add up to: each must begin where the one before it ended. */
export async function layersByLog(node: PeopleNode, agentId: string): Promise<AgentLayers> {
  const rows = await node.app
    .get(DataSource)
    .query<
      { layer: 'connection' | 'routing' | 'responding'; from_state: string; to_state: string; reason: string | null }[]
    >('select * from agent_state_log where agent_id = $1 order by id', [agentId]);
  const now = { connection: 'disconnected', routing: 'not_ready', responding: 'responding' };
  let reason: string | null = null;
  for (const row of rows) {
    if (now[row.layer] !== row.from_state)
      throw new Error(`${row.layer} was ${now[row.layer]} and leaves ${row.from_state}`);
    now[row.layer] = row.to_state;
    if (row.layer === 'routing') reason = row.reason;
  }
  return {
    connection: now.connection,
    routing: now.routing,
    reason,
    notResponding: now.responding === 'not_responding',
  } as AgentLayers;
}

export async function stateOf(node: PeopleNode, agentId: string): Promise<AgentLayers & { graceUntil: Date | null }> {
  const [row] = await node.app.get(DataSource).query<(AgentLayers & { graceUntil: Date | null })[]>(
    `select connection, routing, reason, not_responding as "notResponding", grace_until as "graceUntil"
     from agent_runtime where agent_id = $1`,
    [agentId],
  );
  return row!;
}

export async function becomes(node: PeopleNode, agentId: string, connection: AgentLayers['connection']): Promise<void> {
  await eventually(
    async () => (await stateOf(node, agentId)).connection === connection,
    `agent ${agentId} to become ${connection}`,
  );
}

export async function mine(desk: Desk): Promise<AgentStateView> {
  const answer = await desk.send<AgentStateView>('GET', '/api/agents/me/state');
  if (answer.status !== 200) throw new Error(`my state was answered ${answer.status}`);
  return answer.body;
}

/** Every state that a socket was told, in order. */
export function hears(socket: Socket): AgentStateView[] {
  const heard: AgentStateView[] = [];
  socket.on('agent:changed', ({ states }: AgentEvent) => heard.push(...states));
  return heard;
}

export const readyNow = async (desk: Desk): Promise<void> => {
  const answer = await desk.send('PUT', '/api/agents/me/state', { routing: 'ready' });
  if (answer.status !== 200) throw new Error(`ready was answered ${answer.status}`);
};

export type Person = Pick<AgentView, 'id' | 'email'>;
