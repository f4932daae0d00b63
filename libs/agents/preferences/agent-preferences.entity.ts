import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { AgentPreferences } from '#libs/contracts/index.js';
import { Agent } from '../agent.entity.js';

@Entity('agent_preferences')
export class AgentPreferencesRow {
  @ForeignKey(() => Agent, 'id', { name: 'agent_preferences_agent_id_fkey' })
  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  /** Only what differs from the usual. */
  @Column({ type: 'jsonb' })
  chosen!: AgentPreferences;
}
