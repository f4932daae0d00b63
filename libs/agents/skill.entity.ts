import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Something that a contact can ask for. */
@Entity('skills')
@Index('skills_name', { synchronize: false })
export class Skill {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** Unique whatever its case; see the migration. */
  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
