import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/platform/database/index.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { departed, withSockets } from './state-changes.js';
import type { Cause } from './state-changes.js';

/**
 * Which node holds sockets of which session: the connection layer is computed from these rows, and they change only
 * under the locks of their agents. Whoever settles says what is true now, not what happened, so it may be repeated.
 */
@Injectable()
export class SocketLedger {
  constructor(private readonly runtime: AgentRuntime) {}

  /**
   * @param held called once the agents are locked: the sessions of theirs of which this node has sockets
   * @param lost what it is called when somebody's last socket is gone
   */
  async settle(tx: Tx, node: number, agentIds: string[], held: () => string[], lost: Cause): Promise<void> {
    const before = await this.runtime.lock(tx, agentIds);
    const sessions = held();
    // A session that was ended meanwhile is not written down again: its sockets are about to be cut.
    await tx.query(
      `with gone as (
         delete from agent_sockets where node = $1 and agent_id = any($2::bigint[]) and session_id <> all($3::bigint[])
       )
       insert into agent_sockets (node, session_id, agent_id)
       select $1, s.id, s.agent_id from sessions s
       where s.id = any($3::bigint[]) and s.ended_at is null and s.expires_at > now() order by s.id
       on conflict do nothing`,
      [node, agentIds, sessions],
    );
    const connected = await this.connected(tx, agentIds);
    await this.runtime.write(
      tx,
      [...before.values()].map((standing) => {
        const some = connected.has(standing.agentId);
        return { before: standing, after: withSockets(standing, some), cause: some ? 'came' : lost };
      }),
      null,
    );
  }

  /** Sessions of this agent ended: without sockets of another one she is offline, at once and without grace. */
  async signOut(
    tx: Tx,
    agentId: string,
    which: { session: string } | { except: string | null },
    by: string,
  ): Promise<void> {
    const before = await this.runtime.lockForOffer(tx, agentId);
    if (before === null) return;
    const [only, except] = 'session' in which ? [which.session, null] : [null, which.except];
    await tx.query(
      `delete from agent_sockets where agent_id = $1 and ($2::bigint is null or session_id = $2)
         and session_id is distinct from $3::bigint`,
      [agentId, only, except],
    );
    if (!(await this.connected(tx, [agentId])).has(agentId)) await this.runtime.signedOut(tx, before, by);
  }

  /** Whose grace is over becomes offline; another node may do the same at the same time. */
  async endGraces(tx: Tx): Promise<void> {
    const due = await tx.query<{ agent_id: string }>(
      `select agent_id from agent_runtime where connection = 'grace' and grace_until <= clock_timestamp()
       order by agent_id limit 200 for no key update skip locked`,
    );
    const before = await this.runtime.standings(
      due.map(({ agent_id }) => agent_id),
      tx,
    );
    await this.runtime.write(
      tx,
      [...before.values()].map((standing) => ({
        before: standing,
        after: departed(standing, 'grace_over'),
        cause: 'grace_over',
        departure: 'grace_over',
      })),
      null,
    );
  }

  private async connected(tx: Tx, agentIds: string[]): Promise<Set<string>> {
    const rows = await tx.query<{ agent_id: string }>(
      'select distinct agent_id from agent_sockets where agent_id = any($1::bigint[])',
      [agentIds],
    );
    return new Set(rows.map(({ agent_id }) => agent_id));
  }
}
