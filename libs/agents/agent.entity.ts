import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Locale, Role, Visibility } from '#libs/contracts/index.js';

/** A person who answers, watches or manages. */
@Entity('agents')
@Index('agents_email', { synchronize: false })
export class Agent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  /** Unique whatever its case; see the migration. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text', name: 'password_hash' })
  passwordHash!: string;

  @Column({ type: 'text' })
  role!: Role;

  @Column({ type: 'text' })
  visibility!: Visibility;

  @Column({ type: 'text', default: 'ja' })
  locale!: Locale;

  @Column({ type: 'boolean', default: true })
  active!: boolean;

  /** So many contacts at once. */
  @Column({ type: 'integer', default: 3 })
  capacity!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
