import { Injectable } from '@nestjs/common';
import { ParkedReceipts, type InboundReceipt } from '#libs/carrier/index.js';
import { deliveryRank, type DeliveryState } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { messageColumns, type MessageRow } from '../threads/message-row.js';
import type { Thread } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';

interface Found {
  id: string;
  conversation_id: string;
  connection_id: string;
  carrier_message_id: string;
}

/**
 * Carriers' reports on our messages. They come late, twice, in any order, and even before the answer to the send: a
 * report without a message waits (parked) until the answer names it.
 *
 * Locks, in this order everywhere: the carrier's ids (`hold`), then conversations.
 */
@Injectable()
export class Receipts {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly parked: ParkedReceipts,
  ) {}

  apply(receipts: InboundReceipt[]): Promise<void> {
    return this.transactions.run(async (tx) => {
      let found = await find(tx, receipts);
      const strangers = receipts.filter((receipt) => !found.has(keyOf(receipt)));
      if (strangers.length > 0) {
        await this.parked.hold(tx, strangers);
        found = new Map([...found, ...(await find(tx, strangers))]);
        const unknown = strangers.filter((receipt) => !found.has(keyOf(receipt)));
        if (unknown.length > 0) await this.parked.park(tx, unknown);
      }
      if (found.size > 0) await this.climb(tx, receipts, found);
    });
  }

  private async climb(tx: Tx, receipts: InboundReceipt[], found: Map<string, Found>): Promise<void> {
    const ids = [...new Set([...found.values()].map((message) => message.conversation_id))];
    const threads = await this.threads.lockMany(tx, ids);
    const messages = await tx.prepared<MessageRow>(
      'messages.reported',
      `select ${messageColumns}, a.name as author_name from messages m
       left join agents a on m.author_kind = 'agent' and a.id = m.author_id where m.id = any($1::bigint[]) order by m.seq`,
      [[...new Set([...found.values()].map((message) => message.id))]],
    );
    const changed: MessageRow[] = [];
    const moved: Thread[] = [];
    for (const thread of threads) {
      for (const message of messages.filter((candidate) => candidate.conversation_id === thread.id)) {
        const reports = receipts.filter((receipt) => found.get(keyOf(receipt))?.id === message.id);
        const after = reports.reduce(reported, message);
        if (after === message) continue;
        changed.push(this.threads.changed(thread, after));
      }
      if (thread.touched.length > 0) moved.push(thread);
    }
    await saveDeliveries(tx, changed);
    await this.threads.save(tx, moved);
  }
}

/** The message after a report. A lower state never replaces a higher one, but the time of a lower one is kept. */
export function reported(message: MessageRow, receipt: Pick<InboundReceipt, 'status' | 'at' | 'detail'>): MessageRow {
  const at = receipt.at ?? new Date();
  const timed = withTime(message, receipt.status, at);
  const climbs = deliveryRank[receipt.status] > deliveryRank[message.delivery ?? 'queued'];
  if (!climbs) return timed;
  const failed = receipt.status === 'failed' || receipt.status === 'cancelled';
  return {
    ...timed,
    delivery: receipt.status,
    delivery_reason: failed ? (receipt.status === 'cancelled' ? 'expired' : 'carrier_error') : null,
    delivery_detail: failed ? (receipt.detail?.slice(0, 500) ?? null) : null,
  };
}

/** The carrier's clock is not ours, and a report may overtake the answer: nothing is delivered before it was sent. */
function withTime(message: MessageRow, status: DeliveryState, at: Date): MessageRow {
  const sent = message.sent_at !== null && message.sent_at > at ? { sent_at: at } : {};
  switch (status) {
    case 'sent':
      return message.sent_at ? message : { ...message, sent_at: at };
    case 'delivered':
      return message.delivered_at ? message : { ...message, ...sent, delivered_at: at };
    case 'read':
      return message.read_at ? message : { ...message, ...sent, read_at: at };
    case 'failed':
    case 'cancelled':
      return message.failed_at ? message : { ...message, failed_at: at };
    default:
      return message;
  }
}

/** Writes what `reported` or a send changed. */
export async function saveDeliveries(tx: Tx, messages: MessageRow[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.prepared('messages.save-delivery', saveSql, [
    JSON.stringify(messages.map(({ content: _content, author_name: _name, ...row }) => row)),
  ]);
}

const saveSql = `
  update messages m set change = r.change, delivery = r.delivery, delivery_reason = r.delivery_reason,
    delivery_detail = r.delivery_detail, carrier_message_id = r.carrier_message_id, connection_id = r.connection_id,
    attempts = r.attempts, maybe_twice = m.maybe_twice or r.maybe_twice, sending = false,
    sent_at = r.sent_at, delivered_at = r.delivered_at, read_at = r.read_at, failed_at = r.failed_at
  from json_to_recordset($1::json) as r(id bigint, change int, delivery text, delivery_reason text, delivery_detail text,
    carrier_message_id text, connection_id bigint, attempts smallint, maybe_twice boolean, sent_at timestamptz, delivered_at timestamptz,
    read_at timestamptz, failed_at timestamptz)
  where m.id = r.id`;

const keyOf = (receipt: { connectionId: string; carrierMessageId: string }): string =>
  `${receipt.connectionId} ${receipt.carrierMessageId}`;

async function find(tx: Tx, receipts: InboundReceipt[]): Promise<Map<string, Found>> {
  const rows = await tx.prepared<Found>(
    'messages.find-reported',
    `select m.id, m.conversation_id, m.connection_id, m.carrier_message_id
     from unnest($1::bigint[], $2::text[]) as r(connection_id, carrier_message_id)
       join messages m on m.connection_id = r.connection_id and m.carrier_message_id = r.carrier_message_id
         and m.author_kind <> 'customer'`,
    [receipts.map((receipt) => receipt.connectionId), receipts.map((receipt) => receipt.carrierMessageId)],
  );
  return new Map(
    rows.map((row) => [keyOf({ connectionId: row.connection_id, carrierMessageId: row.carrier_message_id }), row]),
  );
}
