import { CarrierConnection } from '#libs/accounts/index.js';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ReceiptStatus } from './inbound-event.js';

/** A report on a message whose id we have not stored yet. The key drops repeats. */
@Entity('carrier_receipts_parked')
@Index('carrier_receipts_parked_parked_at', ['parkedAt'])
export class ParkedReceipt {
  @ForeignKey(() => CarrierConnection, 'id', {
    name: 'carrier_receipts_parked_connection_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn({ type: 'bigint', name: 'connection_id', primaryKeyConstraintName: 'carrier_receipts_parked_pkey' })
  connectionId!: string;

  @PrimaryColumn({ type: 'text', name: 'carrier_message_id', primaryKeyConstraintName: 'carrier_receipts_parked_pkey' })
  carrierMessageId!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'carrier_receipts_parked_pkey' })
  status!: ReceiptStatus;

  @Column({ type: 'text', nullable: true })
  detail!: string | null;

  /** The carrier's time. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  at!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'parked_at', default: () => 'now()' })
  parkedAt!: Date;
}
