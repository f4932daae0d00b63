import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier } from '#libs/carrier/index.js';
import { errorCodes, type ConversationRow, type MessagePage } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { bucket, Jobs } from '#libs/platform/jobs/index.js';
import { conflict, notFound } from '#libs/platform/telemetry/index.js';
import { addressOf } from '../customers/address-key.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { selectMessages, toMessageView, type MessageRow } from './message-row.js';
import type { Author } from './posting.js';
import { numbersFor } from '../customers/numbers.js';
import { toConversationRow } from './thread-row.js';
import { ThreadWriter } from './thread-writer.js';

export interface PageQuery {
  before: number | null;
  after: number | null;
  changedAfter: number | null;
  limit: number;
}

const JOB = 'carrier.read';
const MARKS = 200;

/** Pages of a thread, and the marks of what its assignee has had on screen. */
@Injectable()
export class Reading implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly jobs: Jobs,
    private readonly carrier: Carrier,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ conversationId: string }>(JOB, ({ conversationId }) => this.tellCarrier(conversationId));
  }

  /** Counters and messages are of one moment: whoever applies them misses nothing and repeats nothing. */
  async page(conversationId: string, query: PageQuery): Promise<MessagePage> {
    const { before, after, changedAfter, limit } = query;
    const [where, order, bound] =
      changedAfter !== null
        ? ['and m.change > $2', 'm.change asc', changedAfter]
        : after !== null
          ? ['and m.seq > $2', 'm.seq asc', after]
          : before !== null
            ? ['and m.seq < $2', 'm.seq desc', before]
            : ['and m.seq > $2', 'm.seq desc', 0];
    const rows = await this.dataSource.query<(Partial<MessageRow> & { last_seq: number; last_change: number })[]>(
      `select page.*, c.last_seq, c.last_change from conversations c
       left join lateral (${selectMessages} where m.conversation_id = c.id ${where} order by ${order} limit $3) page on true
       where c.id = $1`,
      [conversationId, bound, limit + 1],
    );
    const found = rows.filter((row): row is typeof row & MessageRow => row.id !== null);
    const shown = found.slice(0, limit).map(toMessageView);
    return {
      messages: changedAfter !== null ? shown : shown.sort((a, b) => a.seq - b.seq),
      lastSeq: rows[0]?.last_seq ?? 0,
      lastChange: rows[0]?.last_change ?? 0,
      hasMore: found.length > limit,
    };
  }

  /** A page with this message in its middle. Like every page without a bound it says whether older ones exist. */
  async around(conversationId: string, messageId: string, limit: number): Promise<MessagePage> {
    const [place] = await this.dataSource.query<{ seq: number }[]>(
      'select seq from messages where id = $1 and conversation_id = $2',
      [messageId, conversationId],
    );
    if (!place) throw notFound('The message');
    const after = Math.max(0, place.seq - 1 - Math.floor(limit / 2));
    const page = await this.page(conversationId, { before: null, after, changedAfter: null, limit });
    return { ...page, hasMore: after > 0 };
  }

  /**
   * The assignee has had everything up to here on screen; the carrier is told. Only she marks: a supervisor's look
   * changes nothing.
   */
  markRead(author: Author, conversationId: string, upTo: number): Promise<ConversationRow> {
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
      if (thread.assignee_id !== author.agentId) {
        throw conflict(errorCodes.notAssignee, 'Only whoever has the conversation marks it read.');
      }
      const seq = Math.min(upTo, thread.last_seq);
      if (seq <= thread.read_seq) return toConversationRow(thread, numbersFor(author));
      const [left] = await tx.query<{ count: number }>(
        `select count(*)::int as count from messages where conversation_id = $1 and seq > $2 and author_kind = 'customer'`,
        [conversationId, seq],
      );
      thread.read_seq = seq;
      thread.unread = left!.count;
      await this.jobs.add(
        tx,
        JOB,
        { conversationId },
        { queue: bucket('read', conversationId), key: `read:${conversationId}`, maxAttempts: 6 },
      );
      await this.threads.save(tx, [thread]);
      return toConversationRow(thread, numbersFor(author));
    });
  }

  private async tellCarrier(conversationId: string): Promise<void> {
    while (await this.tellSome(conversationId));
  }

  /** @returns whether more may be left */
  private async tellSome(conversationId: string): Promise<boolean> {
    const unread = await this.dataSource.query<(MessageRow & { address: string })[]>(
      `select m.*, p.address from conversations c join customers p on p.id = c.customer_id
         join messages m on m.conversation_id = c.id and m.seq > c.read_told_seq and m.seq <= c.read_seq
           and m.author_kind = 'customer'
       where c.id = $1 order by m.seq limit ${MARKS}`,
      [conversationId],
    );
    for (const message of unread) {
      const outcome =
        message.connection_id === null || message.carrier_message_id === null
          ? null
          : await this.carrier.markRead(message.connection_id, addressOf(message.address), message.carrier_message_id);
      if (outcome?.outcome === 'later') throw new Error('the carrier takes no read marks now');
      // A mark that was refused, or whose answer was lost, is not worth holding back those behind it.
      await this.dataSource.query(
        'update conversations set read_told_seq = greatest(read_told_seq, $2) where id = $1',
        [conversationId, message.seq],
      );
    }
    return unread.length === MARKS;
  }
}
