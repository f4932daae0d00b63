import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { FileRefusal, UploadView } from '#libs/contracts/index.js';

/** A file on its way from an agent's desk; hers alone. Its pieces lie in `DATA_DIR/uploads` under this id. */
@Entity('uploads')
export class Upload {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** What the browser said; of a `ready` one, what it is. */
  @Column({ type: 'text', name: 'mime_type' })
  mimeType!: string;

  @Column({ type: 'bigint' })
  size!: string;

  @Column({ type: 'text' })
  state!: UploadView['state'];

  @Column({ type: 'text', nullable: true })
  refusal!: FileRefusal | null;

  @Column({ type: 'text', nullable: true })
  found!: string | null;

  @Column({ type: 'integer', nullable: true })
  width!: number | null;

  @Column({ type: 'integer', nullable: true })
  height!: number | null;

  @Column({ type: 'float8', nullable: true })
  seconds!: number | null;

  /** The message that took it along; null: not sent yet. */
  @Column({ type: 'bigint', name: 'message_id', nullable: true })
  messageId!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt!: Date;
}
