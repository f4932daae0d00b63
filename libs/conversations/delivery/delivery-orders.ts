import { Injectable } from '@nestjs/common';
import { Carrier } from '#libs/carrier/index.js';
import { errorCodes } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, notFound } from '#libs/platform/telemetry/index.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { ContactFlow } from '../contacts/contact-flow.js';
import { Delivery } from './delivery.js';
import { selectMessages, type MessageRow } from '../threads/message-row.js';
import type { Author } from '../threads/posting.js';
import { preview } from '../threads/preview.js';
import { saveDeliveries } from '../intake/receipts.js';
import type { Thread } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';

/** What a person may order about a message that was posted: send it again, take it back. */
@Injectable()
export class DeliveryOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly delivery: Delivery,
    private readonly carrier: Carrier,
    private readonly contacts: ContactFlow,
  ) {}

  /** A failed message, or one whose answer was lost: the customer may then get it twice, and it says so. */
  retry(author: Author, conversationId: string, messageId: string): Promise<MessageRow> {
    return this.transactions.run(async (tx) => {
      const { thread, message } = await this.open(tx, author, conversationId, messageId);
      if (message.delivery !== 'failed' && message.delivery !== 'unknown') {
        throw conflict(errorCodes.notRetryable, 'Only a message that failed can be sent again.');
      }
      const again = this.threads.changed(thread, {
        ...message,
        delivery: 'queued',
        delivery_reason: null,
        delivery_detail: null,
        carrier_message_id: null,
        failed_at: null,
        attempts: 0,
        maybe_twice: message.maybe_twice || message.delivery === 'unknown',
      });
      await saveDeliveries(tx, [again]);
      await tx.query('update messages set not_before = null where id = $1', [again.id]);
      await this.delivery.schedule(tx, thread);
      await this.threads.save(tx, [thread]);
      return again;
    });
  }

  /**
   * Not handed over yet: it is taken back at once. Handed over and not delivered: the carrier is asked, and its report
   * says whether the message is gone.
   */
  async revoke(author: Author, conversationId: string, messageId: string): Promise<MessageRow> {
    const message = await this.transactions.run(async (tx) => {
      const { thread, message } = await this.open(tx, author, conversationId, messageId);
      if (message.delivery === 'sent') return message;
      if (message.delivery !== 'queued' || message.attempts > 0) throw tooLate();
      const back = this.threads.changed(thread, { ...message, delivery: 'cancelled', failed_at: new Date() });
      await saveDeliveries(tx, [back]);
      await this.contacts.unanswered(tx, thread, back);
      await lastWord(tx, thread);
      await this.threads.save(tx, [thread]);
      return back;
    });
    if (message.delivery === 'cancelled') return message;
    if (message.connection_id === null || message.carrier_message_id === null) throw tooLate();
    const outcome = await this.carrier.revoke(message.connection_id, message.carrier_message_id);
    if (outcome.outcome !== 'done') throw tooLate();
    return message;
  }

  private async open(
    tx: Tx,
    author: Author,
    conversationId: string,
    messageId: string,
  ): Promise<{ thread: Thread; message: MessageRow }> {
    if (!author.permissions.has('conversation.reply')) throw forbidden();
    const thread = await this.threads.lock(tx, conversationId);
    if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
    const [message] = await tx.query<MessageRow>(
      `${selectMessages} where m.id = $1 and m.conversation_id = $2 and m.kind = 'message' and m.author_kind <> 'customer'
       for update of m`,
      [messageId, conversationId],
    );
    if (!message) throw notFound('The message');
    if (thread.assignee_id !== null && thread.assignee_id !== author.agentId) {
      throw conflict(errorCodes.alreadyAssigned, `${thread.assignee_name ?? 'A colleague'} has this conversation.`);
    }
    return { thread, message };
  }
}

/** The list shows what was said last, not what was taken back. */
async function lastWord(tx: Tx, thread: Thread): Promise<void> {
  const [last] = await tx.query<MessageRow>(
    `${selectMessages} where m.conversation_id = $1 and m.kind = 'message' and m.delivery is distinct from 'cancelled'
     order by m.seq desc limit 1`,
    [thread.id],
  );
  thread.last_message_seq = last?.seq ?? null;
  thread.last_author = last?.author_kind ?? null;
  thread.last_type = last?.content.type ?? null;
  thread.last_preview = last ? preview(last.content) : null;
  thread.last_at = last ? (last.channel_sent_at ?? last.created_at) : null;
  thread.last_delivery = last?.delivery ?? null;
}

function tooLate() {
  return conflict(errorCodes.notRevocable, 'It is too late to take this message back.');
}
