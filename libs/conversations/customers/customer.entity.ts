import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A person, known by the phone number. */
@Entity('customers')
export class Customer {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** What the carrier addresses: see `address-key.ts`. */
  @Column({ type: 'text' })
  address!: string;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ type: 'text', nullable: true })
  name!: string | null;

  @Column({ type: 'text', nullable: true })
  kana!: string | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt!: Date;
}
