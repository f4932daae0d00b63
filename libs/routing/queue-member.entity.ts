import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who is asked for a queue's contacts. */
@Entity('queue_members')
export class QueueMemberRow {
  @PrimaryColumn({ type: 'bigint', name: 'queue_id' })
  queueId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @Column({ type: 'smallint', default: 1 })
  rank!: number;

  @Column({ type: 'integer', name: 'delay_seconds', default: 0 })
  delaySeconds!: number;
}
