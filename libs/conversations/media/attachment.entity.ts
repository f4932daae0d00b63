import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A file that a message carries: of a customer's, where the carrier keeps it for a while, and our own copy. */
@Entity('attachments')
export class Attachment {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'bigint', name: 'conversation_id' })
  conversationId!: string;

  /** Null only inside the transaction that writes the message. */
  @Column({ type: 'bigint', name: 'message_id', nullable: true })
  messageId!: string | null;

  /** Null: it is ours. */
  @Column({ type: 'text', name: 'source_url', nullable: true })
  sourceUrl!: string | null;

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

  @Column({ type: 'boolean', default: false })
  thumbnails!: boolean;

  /** Of ours: where the carrier keeps its copy; see `CarrierFiles`. */
  @Column({ type: 'jsonb', nullable: true })
  placed!: object | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt!: Date;
}
