import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Wrong sign-ins in a row, by e-mail or by source address. */
@Entity('sign_in_failures')
@Index('sign_in_failures_last_at', ['lastAt'])
export class SignInFailure {
  /** A hash: people type passwords into the wrong field. */
  @PrimaryColumn({ type: 'bytea' })
  subject!: Buffer;

  @Column({ type: 'integer' })
  failures!: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'last_at' })
  lastAt!: Date;
}
