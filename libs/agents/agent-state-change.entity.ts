import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Agent } from './agent.entity.js';

/** One change of one layer. Occupancy and adherence are computed from these rows only. */
@Entity('agent_state_log')
@Index('agent_state_log_agent', ['agentId', 'id'])
export class AgentStateChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @ForeignKey(() => Agent, 'id', { name: 'agent_state_log_agent_id_fkey' })
  @Column({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @Column({ type: 'text' })
  layer!: 'connection' | 'routing' | 'responding';

  @Column({ type: 'text', name: 'from_state' })
  fromState!: string;

  @Column({ type: 'text', name: 'to_state' })
  toState!: string;

  /** Of routing: why she is away. Of the others: what brought it about. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  /** null: the server. */
  @ForeignKey(() => Agent, 'id', { name: 'agent_state_log_by_agent_id_fkey' })
  @Column({ type: 'bigint', name: 'by_agent_id', nullable: true })
  byAgentId!: string | null;
}
