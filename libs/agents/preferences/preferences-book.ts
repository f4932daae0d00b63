import { Injectable } from '@nestjs/common';
import type { AgentPreferences } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';

/** What travels under the topic `preferences`. */
export const PREFERENCES = 'preferences';
export interface PreferencesRef {
  agentId: string;
}

/** What each person prefers. Two desks that change different things do not undo each other. */
@Injectable()
export class PreferencesBook {
  constructor(
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
  ) {}

  async of(agentId: string): Promise<AgentPreferences> {
    return await this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ chosen: AgentPreferences }>(
        'select chosen from agent_preferences where agent_id = $1',
        [agentId],
      );
      return row?.chosen ?? {};
    });
  }

  async change(agentId: string, change: AgentPreferences): Promise<AgentPreferences> {
    return await this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ chosen: AgentPreferences }>(
        `insert into agent_preferences (agent_id, chosen) values ($1, $2)
         on conflict (agent_id) do update set chosen = agent_preferences.chosen || excluded.chosen
         returning chosen`,
        [agentId, JSON.stringify(change)],
      );
      const { chosen } = row!;
      this.announcements.announce(tx, PREFERENCES, { agentId } satisfies PreferencesRef, chosen);
      return chosen;
    });
  }
}
