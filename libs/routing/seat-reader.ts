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
    return agentIds.length === 0 ? [] : this.seats(await this.runtime.standings(agentIds, tx), tx);
  }

  /** Locked in the order of their ids until the transaction ends, and read after the locks were had. */
  async lock(agentIds: readonly string[], tx: Tx): Promise<Seat[]> {
    return agentIds.length === 0 ? [] : this.seats(await this.runtime.lock(tx, agentIds), tx);
  }

  private async seats(standings: Map<string, AgentStanding>, tx: Tx): Promise<Seat[]> {
    const ids = [...standings.keys()];
    const loads = await this.waiting.loadOf(ids, tx);
    const accounts = await this.answerers.accountsOf(ids, tx);
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
