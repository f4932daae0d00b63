import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** What an agent began to write in a conversation, kept for any of her devices. */
@Entity('drafts')
export class Draft {
  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'conversation_id' })
  conversationId!: string;

  @Column({ type: 'text' })
  text!: string;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt!: Date;
}
