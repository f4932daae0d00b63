import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { AwayReason, ConnectionState, RoutingState } from '#libs/contracts/index.js';
import { Agent } from './agent.entity.js';

/**
 * How an agent is now: one row each, made with the agent by a trigger. Its row lock is the agent's lock; whoever needs
 * a conversation's lock too takes that one first, and several agents are locked in the order of their ids.
 */
@Entity('agent_runtime')
export class AgentRuntimeRow {
  @ForeignKey(() => Agent, 'id', { name: 'agent_runtime_agent_id_fkey' })
  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @Column({ type: 'text', default: 'disconnected' })
  connection!: ConnectionState;

  @Column({ type: 'timestamptz', precision: 3, name: 'grace_until', nullable: true })
  graceUntil!: Date | null;

  @Column({ type: 'text', default: 'not_ready' })
  routing!: RoutingState;

  @Column({ type: 'text', nullable: true })
  reason!: AwayReason | null;

  @Column({ type: 'boolean', name: 'not_responding', default: false })
  notResponding!: boolean;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  since!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'last_assigned_at', nullable: true })
  lastAssignedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'last_contact_ended_at', nullable: true })
  lastContactEndedAt!: Date | null;

  /** Why she left, while those who must hear of it have not all done their part. */
  @Column({ type: 'text', nullable: true })
  departure!: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'departed_at', nullable: true })
  departedAt!: Date | null;

  @Column({ type: 'bigint', default: 0 })
  version!: string;
}
