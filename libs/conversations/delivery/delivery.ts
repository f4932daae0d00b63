import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Carrier,
  ParkedReceipts,
  type CallFailure,
  type OutboundContent,
  type SendOutcome,
} from '#libs/carrier/index.js';
import { Connections } from '#libs/accounts/index.js';
import type { MediaContent, MessageContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { bucket, Jobs } from '#libs/platform/jobs/index.js';
import { isAway, Log } from '#libs/platform/telemetry/index.js';
import { addressOf } from '../customers/address-key.js';
import { CarrierFiles } from '../media/carrier-files.js';
import { messageColumns, selectMessages, type MessageRow } from '../threads/message-row.js';
import { reported, saveDeliveries } from '../intake/receipts.js';
import type { ThreadRow } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';

const JOB = 'carrier.send';
/** So many tries for one message before it is shown as failed. */
const TRIES = 8;
/** So long is an answer of the carrier kept while it cannot be stored. */
const RECORD_MS = 30_000;

const LONGEST_PAUSE_MS = 15_000;

/** Side by side for one account, in the whole installation: with a sick carrier it fills its own queues only. */
const QUEUES = 8;

interface Waiting {
  id: string;
  account_id: string;
  connection_id: string | null;
  wait_ms: number;
  /** Of a message with a file; what it says otherwise is read when it is tried. */
  media: MediaContent | null;
}

interface Next extends MessageRow {
  address: string;
}

/**
 * Sends what waits, conversation by conversation. The job carries no message: it says "drain this conversation", and
 * takes the queued rows by `seq`, so that order survives failures, repeats and a worker that dies. Conversations go side
 * by side, the messages of one strictly one after the other.
 */
@Injectable()
export class Delivery implements OnModuleInit {
  private readonly drains = new Map<string, Promise<void>>();
  /** In a row, of conversations that cannot be sent on now. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly carrier: Carrier,
    private readonly connections: Connections,
    private readonly parked: ParkedReceipts,
    private readonly files: CarrierFiles,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ conversationId: string }>(JOB, ({ conversationId }) => this.oneByOne(conversationId));
  }

  /** The queue hangs on the account, which a thread keeps; its connection may change while a job waits. */
  async schedule(tx: Tx, thread: Pick<ThreadRow, 'id' | 'account_id'>, runAt?: Date): Promise<void> {
    const queue = bucket(`send:${thread.account_id}`, thread.id, QUEUES);
    await this.jobs.add(
      tx,
      JOB,
      { conversationId: thread.id },
      { queue, key: `send:${thread.id}`, runAt, maxAttempts: 1000 },
    );
  }

  /** After the database was away, a job may be given out anew while its first run still waits for the carrier here. */
  private async oneByOne(conversationId: string): Promise<void> {
    const before = this.drains.get(conversationId);
    const now = (before ?? Promise.resolve()).catch(() => undefined).then(() => this.drain(conversationId));
    this.drains.set(conversationId, now);
    try {
      await now;
      this.failures.delete(conversationId);
    } catch (fault) {
      await this.tryAgain(conversationId, fault);
    } finally {
      if (this.drains.get(conversationId) === now) this.drains.delete(conversationId);
    }
  }

  /**
   * A fault of ours, or of the database. The runner's own pauses grow to hours, which no customer is to wait: a new job
   * takes this one's place. Where not even that can be stored, the fault is the runner's.
   */
  private async tryAgain(conversationId: string, fault: unknown): Promise<void> {
    const failures = (this.failures.get(conversationId) ?? 0) + 1;
    this.failures.set(conversationId, failures);
    const runAt = new Date(Date.now() + Math.min(LONGEST_PAUSE_MS, pauseMs(failures)));
    await this.transactions
      .run(async (tx) => {
        const [thread] = await tx.query<Pick<ThreadRow, 'id' | 'account_id'>>(
          'select id, account_id from conversations where id = $1',
          [conversationId],
        );
        if (thread) await this.schedule(tx, thread, runAt);
      })
      .catch(() => {
        throw fault;
      });
    this.log.warn({ err: fault, conversationId, failures }, 'a conversation could not be sent on; it is tried again');
  }

  private async drain(conversationId: string): Promise<void> {
    for (;;) {
      const next = await this.look(conversationId);
      if (!next) return;
      const connectionId = next.connection_id ?? (await this.connections.activeOf(next.account_id))?.id ?? null;
      // "Not before" stands in the message: adding a job anew would reset the runner's own pause.
      let waitMs = Math.max(next.wait_ms, connectionId === null ? 0 : this.carrier.restMs(connectionId));
      if (waitMs === 0 && next.media !== null && connectionId !== null) {
        const brought = await this.files.bring(connectionId, next.media);
        if (brought.state === 'failed') {
          await this.giveUp(next.id, connectionId, brought.failure);
          continue;
        }
        if (brought.state === 'wait') waitMs = brought.waitMs;
      }
      if (waitMs > 0) {
        const thread = { id: conversationId, account_id: next.account_id };
        await this.transactions.run((tx) => this.schedule(tx, thread, new Date(Date.now() + waitMs)));
        return;
      }
      await this.send(next.id, connectionId);
    }
  }

  private async look(conversationId: string): Promise<Waiting | undefined> {
    const [next] = await this.transactions.prepared<Waiting>(
      'delivery.look',
      `select m.id, c.account_id, c.connection_id,
         greatest(0, extract(epoch from coalesce(m.not_before, now()) - now()) * 1000)::int as wait_ms,
         case when m.content->>'type' = 'media' then m.content end as media
       from messages m join conversations c on c.id = m.conversation_id
       where m.conversation_id = $1 and m.delivery = 'queued' order by m.seq limit 1`,
      [conversationId],
    );
    return next;
  }

  /** Its file cannot come to the carrier: there is nothing to try. */
  private async giveUp(messageId: string, connectionId: string, failure: CallFailure): Promise<void> {
    const message = await this.claim(messageId);
    if (message) await this.recordSurely(message, connectionId, failure);
  }

  private async outbound(content: MessageContent): Promise<OutboundContent | null> {
    if (content.type === 'text' || content.type === 'location') return content;
    return content.type === 'media' ? this.files.outbound(content) : null;
  }

  /** The try is written down before it begins: after a crash it shows that the message may have gone out. */
  private async claim(messageId: string): Promise<Next | undefined> {
    const [claimed] = await this.transactions.prepared<Next>(
      'delivery.claim',
      `update messages m set attempts = m.attempts + 1, sending = true, maybe_twice = m.maybe_twice or m.sending
       from conversations c, customers p
       where m.id = $1 and m.delivery = 'queued' and c.id = m.conversation_id and p.id = c.customer_id
       returning ${messageColumns}, p.address`,
      [messageId],
    );
    return claimed;
  }

  private async send(messageId: string, connectionId: string | null): Promise<void> {
    const message = await this.claim(messageId);
    if (!message) return;
    await this.recordSurely(message, connectionId, await this.attempt(message, connectionId));
  }

  private async attempt(message: Next, connectionId: string | null): Promise<SendOutcome> {
    if (connectionId === null)
      return { outcome: 'refused', reason: 'no_connection', detail: 'The account has no connection to a carrier.' };
    if (message.attempts > TRIES + 2)
      return { outcome: 'unknown', detail: 'What became of the tries could not be recorded.' };
    const content = await this.outbound(message.content);
    if (content === null) return { outcome: 'refused', reason: 'rejected', detail: 'The file is no longer here.' };
    const ourKey = message.client_id ?? message.id;
    return this.carrier.send(connectionId, { address: addressOf(message.address), content, ourKey });
  }

  /**
   * The carrier has answered, and only we know it: while the database is away the answer is kept and offered again,
   * because forgetting it would send the message twice. An id that stands at another message already is left out.
   */
  private async recordSurely(message: Next, connectionId: string | null, outcome: SendOutcome): Promise<void> {
    const giveUp = Date.now() + RECORD_MS;
    for (let answer = outcome; ;) {
      try {
        return await this.record(message, connectionId, answer);
      } catch (fault) {
        if (answer.outcome === 'sent' && (fault as { code?: string }).code === '23505') {
          this.log.warn({ messageId: message.id }, 'the carrier named two messages alike');
          answer = { ...answer, carrierMessageId: null };
        } else if (!isAway(fault) || Date.now() > giveUp) throw fault;
        else await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  private record(message: Next, connectionId: string | null, outcome: SendOutcome): Promise<void> {
    return this.transactions.run(async (tx) => {
      const named =
        outcome.outcome === 'sent' && outcome.carrierMessageId !== null && connectionId !== null
          ? { connectionId, carrierMessageId: outcome.carrierMessageId }
          : null;
      if (named) await this.parked.hold(tx, [named]);
      const thread = await this.threads.lock(tx, message.conversation_id);
      // Locked, because a claim takes no other lock: what it marks meanwhile must not be written over.
      const [row] = await tx.prepared<MessageRow>(
        'delivery.lock',
        `${selectMessages} where m.id = $1 for update of m`,
        [message.id],
      );
      // Taken back meanwhile, or settled by a report: that stands.
      if (!row || row.delivery !== 'queued') return;
      // While the database was away the job was given out anew, and that try is under way: its answer decides.
      if (row.attempts !== message.attempts && outcome.outcome !== 'sent') {
        if (mayHaveSent(outcome)) await tx.query('update messages set maybe_twice = true where id = $1', [row.id]);
        return;
      }
      if (outcome.outcome === 'later' && row.attempts < TRIES) {
        const waitMs = Math.max(outcome.waitMs, pauseMs(row.attempts));
        await tx.query(
          `update messages set not_before = now() + make_interval(secs => $2::float8 / 1000), sending = false,
             maybe_twice = maybe_twice or $3 where id = $1`,
          [row.id, waitMs, outcome.mayHaveSent],
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

function mayHaveSent(outcome: SendOutcome): boolean {
  return outcome.outcome === 'unknown' || (outcome.outcome === 'later' && outcome.mayHaveSent);
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
