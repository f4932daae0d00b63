import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { QueueRules } from '#libs/contracts/index.js';

/** What is kept as one document: it is read and written as a whole. */
export type StoredRules = Omit<QueueRules, 'name' | 'members' | 'accountIds'>;

/** A queue (窓口). A deleted one stays, because decisions and reports name it. */
@Entity('queues')
export class QueueRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Column({ type: 'jsonb' })
  rules!: StoredRules;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
