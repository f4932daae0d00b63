import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier, ParkedReceipts, type SendOutcome } from '#libs/carrier/index.js';
import { Connections } from '#libs/accounts/index.js';
import type { TextContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { bucket, Jobs } from '#libs/platform/jobs/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { addressOf } from './address-key.js';
import { selectMessages, type MessageRow } from './message-row.js';
import { reported, saveDeliveries } from './receipts.js';
import type { Thread } from './thread-row.js';
import { ThreadWriter } from './thread-writer.js';

const JOB = 'carrier.send';
/** So many tries for one message before it is shown as failed. */
const TRIES = 8;

/** Side by side on one connection, in the whole installation. */
const QUEUES = 8;

interface Payload {
  conversationId: string;
  accountId: string;
  connectionId: string | null;
}

const payloadOf = (thread: Pick<Thread, 'id' | 'account_id' | 'connection_id'>): Payload => ({
  conversationId: thread.id,
  accountId: thread.account_id,
  connectionId: thread.connection_id,
});

interface Next extends MessageRow {
  address: string;
  thread_connection_id: string | null;
  account_id: string;
  wait_ms: number;
}

/**
 * Sends what waits, conversation by conversation. The job carries no message: it says "drain this conversation", and
 * takes the queued rows by `seq`, so that order survives failures, repeats and a worker that dies. Conversations go side
 * by side, the messages of one strictly one after the other.
 */
@Injectable()
export class Delivery implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    private readonly threads: ThreadWriter,
    private readonly carrier: Carrier,
    private readonly connections: Connections,
    private readonly parked: ParkedReceipts,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<Payload>(JOB, (payload) => this.drain(payload));
  }

  /** The connection is in the queue's name: a sick one fills its own few queues, and the others go on. */
  async schedule(tx: Tx, thread: Pick<Thread, 'id' | 'account_id' | 'connection_id'>, runAt?: Date): Promise<void> {
    const queue = bucket(`send:${thread.connection_id ?? `account-${thread.account_id}`}`, thread.id, QUEUES);
    await this.jobs.add(tx, JOB, payloadOf(thread), { queue, key: `send:${thread.id}`, runAt, maxAttempts: 1000 });
  }

  private async drain({ conversationId, accountId, connectionId }: Payload): Promise<void> {
    const thread = { id: conversationId, account_id: accountId, connection_id: connectionId };
    for (;;) {
      const restMs = connectionId === null ? 0 : this.carrier.restMs(connectionId);
      if (restMs > 0) {
        await this.transactions.run((tx) => this.schedule(tx, thread, new Date(Date.now() + restMs)));
        return;
      }
      const next = await this.claim(conversationId);
      if (!next) return;
      // "Not before" stands in the message: adding a job anew would reset the runner's own pause.
      if (next.wait_ms > 0) {
        await this.transactions.run((tx) => this.schedule(tx, thread, new Date(Date.now() + next.wait_ms)));
        return;
      }
      await this.send(next);
    }
  }

  /** The try is counted before it begins: after a crash it shows that the message may have gone out. */
  private async claim(conversationId: string): Promise<Next | undefined> {
    const rows = await this.dataSource.query<[Next[], number]>(
      `update messages u set attempts = u.attempts + case when coalesce(u.not_before, now()) <= now() then 1 else 0 end
       from (${selectMessages} where m.conversation_id = $1 and m.delivery = 'queued' order by m.seq limit 1) m,
         conversations c, customers p
       where u.id = m.id and c.id = m.conversation_id and p.id = c.customer_id
       returning m.*, u.attempts, p.address, c.connection_id as thread_connection_id, c.account_id,
         greatest(0, extract(epoch from coalesce(u.not_before, now()) - now()) * 1000)::int as wait_ms`,
      [conversationId],
    );
    return rows[0][0];
  }

  private async send(message: Next): Promise<void> {
    const connectionId =
      message.thread_connection_id ?? (await this.connections.activeOf(message.account_id))?.id ?? null;
    const outcome: SendOutcome =
      connectionId === null
        ? { outcome: 'refused', reason: 'no_connection', detail: 'The account has no connection to a carrier.' }
        : await this.carrier.send(connectionId, {
            address: addressOf(message.address),
            content: message.content as TextContent,
            ourKey: message.client_id ?? message.id,
          });
    await this.record(message, connectionId, outcome);
  }

  private record(message: Next, connectionId: string | null, outcome: SendOutcome): Promise<void> {
    return this.transactions.run(async (tx) => {
      const named =
        outcome.outcome === 'sent' && outcome.carrierMessageId !== null && connectionId !== null
          ? { connectionId, carrierMessageId: outcome.carrierMessageId }
          : null;
      if (named) await this.parked.hold(tx, [named]);
      const thread = await this.threads.lock(tx, message.conversation_id);
      const [row] = await tx.query<MessageRow>(`${selectMessages} where m.id = $1`, [message.id]);
      // Taken back meanwhile, or settled by a report: that stands.
      if (!row || row.delivery !== 'queued') return;
      if (outcome.outcome === 'later' && row.attempts < TRIES) {
        const waitMs = Math.max(outcome.waitMs, pauseMs(row.attempts));
        await tx.query(
          `update messages set not_before = now() + make_interval(secs => $2::float8 / 1000) where id = $1`,
          [row.id, waitMs],
        );
        this.log.info({ messageId: row.id, attempt: row.attempts, waitMs }, 'a message will be sent again');
        return;
      }
      let after = settled({ ...row, connection_id: connectionId }, outcome);
      if (named) {
        const reports = await this.parked.claim(tx, named.connectionId, named.carrierMessageId);
        after = reports.reduce(reported, after);
      }
      await saveDeliveries(tx, [this.threads.changed(thread, after)]);
      await this.threads.save(tx, [thread]);
    });
  }
}

/** The message after a try that ended it, one way or another. */
export function settled(message: MessageRow, outcome: SendOutcome): MessageRow {
  const now = new Date();
  switch (outcome.outcome) {
    case 'sent': {
      const sent: MessageRow = {
        ...message,
        delivery: 'sent',
        delivery_reason: null,
        delivery_detail: null,
        carrier_message_id: outcome.carrierMessageId,
        sent_at: now,
        failed_at: null,
      };
      return outcome.status === 'sent' ? sent : reported(sent, { status: outcome.status, at: now, detail: null });
    }
    case 'unknown':
      return { ...message, delivery: 'unknown', delivery_reason: 'answer_lost', delivery_detail: cut(outcome.detail) };
    case 'later':
    case 'refused':
      return {
        ...message,
        delivery: 'failed',
        delivery_reason: outcome.reason,
        delivery_detail: cut(outcome.detail),
        failed_at: now,
      };
  }
}

const cut = (detail: string): string => detail.slice(0, 500);

/** 1, 2, 4 … seconds, a minute at most. */
export function pauseMs(attempts: number): number {
  return Math.min(60_000, 1000 * 2 ** (attempts - 1));
}
