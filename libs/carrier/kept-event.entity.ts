import { CarrierConnection } from '#libs/accounts/index.js';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A webhook that we could not use, as it came. */
@Entity('carrier_events_kept')
@Index('carrier_events_kept_connection', ['connectionId'])
@Index('carrier_events_kept_received_at', ['receivedAt'])
export class KeptEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @ForeignKey(() => CarrierConnection, 'id', { name: 'carrier_events_kept_connection_id_fkey', onDelete: 'CASCADE' })
  @Column({ type: 'bigint', name: 'connection_id' })
  connectionId!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  body!: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}
