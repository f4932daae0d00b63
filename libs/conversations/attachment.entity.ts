import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A customer's file: where the carrier keeps it for a while, and our own copy. */
@Entity('attachments')
export class Attachment {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint', name: 'conversation_id' })
  conversationId!: string;

  @Column({ type: 'bigint', name: 'message_id' })
  messageId!: string;

  @Column({ type: 'text', name: 'source_url' })
  sourceUrl!: string;

  @Column({ type: 'text' })
  state!: 'preparing' | 'ready' | 'unavailable';

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', name: 'mime_type' })
  mimeType!: string;

  @Column({ type: 'bigint', nullable: true })
  size!: string | null;

  /** Name in the media store; null until our copy is there. */
  @Column({ type: 'text', name: 'stored_as', nullable: true })
  storedAs!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt!: Date;
}
