import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '#libs/platform/database/index.js';
import type { InboundReceipt } from './inbound-event.js';

export type ReceiptName = Pick<InboundReceipt, 'connectionId' | 'carrierMessageId'>;

/**
 * Reports that overtook the answer to their own send wait here until the message learns its carrier's id.
 *
 * Two transactions can miss each other: one looks for the message, finds none and parks; the other stores the id and
 * finds nothing to claim; both commit. `hold` closes that gap. Both sides call it **as their first statement**, before
 * any row is locked, and do the rest after it:
 *
 * @example
 * ```ts
 * // inbound                                        // after a send
 * await parked.hold(tx, receipts);                  await parked.hold(tx, [{ connectionId, carrierMessageId }]);
 * const unknown = await applyToMessages(receipts);  await storeCarrierId(tx, message, carrierMessageId);
 * await parked.park(tx, unknown);                   const receipts = await parked.claim(tx, connectionId, carrierMessageId);
 * ```
 */
@Injectable()
export class ParkedReceipts {
  constructor(private readonly database: DataSource) {}

  /** Until the end of the transaction nobody else parks or claims for these messages. Taken in one fixed order. */
  async hold(tx: Tx, names: ReceiptName[]): Promise<void> {
    if (names.length === 0) return;
    await tx.prepared(
      'receipts.hold',
      `select pg_advisory_xact_lock(place) from (
         select distinct hashtextextended(connection_id || ' ' || carrier_message_id, 7300) as place
         from unnest($1::text[], $2::text[]) as named (connection_id, carrier_message_id)
         order by place
       ) as places`,
      [names.map((name) => name.connectionId), names.map((name) => name.carrierMessageId)],
    );
  }

  /** One statement for all of them; a report that is parked already is dropped. */
  async park(tx: Tx, receipts: InboundReceipt[]): Promise<void> {
    if (receipts.length === 0) return;
    await tx.prepared(
      'receipts.park',
      `insert into carrier_receipts_parked (connection_id, carrier_message_id, status, detail, at)
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) order by 1, 2, 3
       on conflict (connection_id, carrier_message_id, status) do nothing`,
      [
        receipts.map((receipt) => receipt.connectionId),
        receipts.map((receipt) => receipt.carrierMessageId),
        receipts.map((receipt) => receipt.status),
        receipts.map((receipt) => receipt.detail),
        receipts.map((receipt) => receipt.at),
      ],
    );
  }

  /** Takes out what waits for this message. Apply all of it: reports only climb, so their order does not matter. */
  async claim(tx: Tx, connectionId: string, carrierMessageId: string): Promise<InboundReceipt[]> {
    const rows = await tx.prepared<Pick<InboundReceipt, 'status' | 'detail' | 'at'>>(
      'receipts.claim',
      `delete from carrier_receipts_parked where connection_id = $1 and carrier_message_id = $2
       returning status, detail, at`,
      [connectionId, carrierMessageId],
    );
    return rows.map(({ status, detail, at }) => ({
      kind: 'receipt',
      connectionId,
      carrierMessageId,
      status,
      detail,
      at,
    }));
  }

  /** Reports on messages that are not ours never find their message. */
  async dropOlderThan(days: number): Promise<number> {
    const [, dropped] = (await this.database.query(
      `delete from carrier_receipts_parked where parked_at < now() - make_interval(days => $1)`,
      [days],
    )) as [unknown, number];
    return dropped;
  }
}
