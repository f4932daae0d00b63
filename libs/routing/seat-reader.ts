import { Injectable } from '@nestjs/common';
import { AgentRuntime, Answerers, type AgentStanding } from '#libs/agents/index.js';
import { WaitingRoom } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import type { Seat } from './rules/seat.js';

/** People as the rules look at them: three queries, however many they are. */
@Injectable()
export class SeatReader {
  constructor(
    private readonly runtime: AgentRuntime,
    private readonly answerers: Answerers,
    private readonly waiting: WaitingRoom,
  ) {}

  /** As they are now; unless they are locked, they may be otherwise in the next moment. */
  async read(agentIds: readonly string[], tx: Tx): Promise<Seat[]> {
    return this.seats(agentIds, tx, () => this.runtime.standings(agentIds, tx));
  }

  /** Locked in the order of their ids until the transaction ends, and read after the locks were had. */
  async lock(agentIds: readonly string[], tx: Tx): Promise<Seat[]> {
    return this.seats(agentIds, tx, () => this.runtime.lock(tx, agentIds));
  }

  /** The first is answered before the others are looked at, although all leave together: under a lock they are as new as it. */
  private async seats(
    agentIds: readonly string[],
    tx: Tx,
    first: () => Promise<Map<string, AgentStanding>>,
  ): Promise<Seat[]> {
    if (agentIds.length === 0) return [];
    const [standings, loads, accounts] = await tx.together(() =>
      Promise.all([first(), this.waiting.loadOf(agentIds, tx), this.answerers.accountsOf(agentIds, tx)]),
    );
    return [...standings.values()].map((standing) => ({
      ...standing,
      used: loads.get(standing.agentId)?.used ?? 0,
      wrapUp: loads.get(standing.agentId)?.wrapUp ?? 0,
      repliesIn: accounts.get(standing.agentId) ?? new Set(),
      lastAssignedAt: standing.lastAssignedAt?.getTime() ?? null,
      lastContactEndedAt: standing.lastContactEndedAt?.getTime() ?? null,
    }));
  }
}
