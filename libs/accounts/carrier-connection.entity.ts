import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { MaapSettings, Wire } from '#libs/contracts/index.js';
import { Account } from './account.entity.js';

/** One wire to one carrier, for one official account. */
@Entity('carrier_connections')
@Index('carrier_connections_connection_key', ['connectionKey'], { unique: true })
@Index('carrier_connections_account', ['accountId'])
export class CarrierConnection {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @ForeignKey(() => Account, 'id', { name: 'carrier_connections_account_id_fkey' })
  @Column({ type: 'bigint', name: 'account_id' })
  accountId!: string;

  @Column({ type: 'text' })
  wire!: Wire;

  @Column({ type: 'text', name: 'connection_key' })
  connectionKey!: string;

  @Column({ type: 'jsonb' })
  settings!: MaapSettings;

  /** Sealed; see `CredentialVault`. */
  @Column({ type: 'bytea' })
  credentials!: Buffer;

  @Column({ type: 'boolean', default: true })
  active!: boolean;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
