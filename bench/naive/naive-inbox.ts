import type { DataSource, Repository } from 'typeorm';
import type { WebhookBody } from '../floor/bare-rows.js';
import {
  ContactRecord,
  ConversationRecord,
  CustomerRecord,
  InboxRecord,
  ListChangeRecord,
  MessageRecord,
} from './entities.js';

/** The account and connection that a webhook belongs to. */
export interface Owner {
  accountId: string;
  connectionId: string;
}

export interface NaiveNews {
  conversation: ConversationRecord;
  message: MessageRecord;
}

/**
 * The way it is usually written first: one transaction for each webhook, with repositories. It stores what the console
 * stores (the same rows, the same places, no double) and is what the console is compared with; segments are left out.
 */
export class NaiveInbox {
  constructor(private readonly dataSource: DataSource) {}

  receive(owner: Owner, body: WebhookBody): Promise<NaiveNews | null> {
    return this.dataSource.transaction(async (manager) => {
      const { msgId, textMessage, timestamp } = body.RCSMessage;
      const messages = manager.getRepository(MessageRecord);
      // With the author: the index on the carrier's ids is a partial one, and without it every webhook would read the
      // whole table. Slow in the usual way is the point here, not broken.
      const known = await messages.findOneBy({
        connectionId: owner.connectionId,
        carrierMessageId: msgId,
        authorKind: 'customer',
      });
      if (known) return null;

      const now = new Date();
      const customer = await this.customer(manager.getRepository(CustomerRecord), body.messageContact.userContact);
      const conversations = manager.getRepository(ConversationRecord);
      const conversation =
        (await conversations.findOne({
          where: { accountId: owner.accountId, customerId: customer.id },
          lock: { mode: 'pessimistic_write' },
        })) ?? (await conversations.save(conversations.create(born(owner, customer.id, now))));

      const contacts = manager.getRepository(ContactRecord);
      if (conversation.contactId === null) {
        const contact = await contacts.save({
          conversationId: conversation.id,
          accountId: owner.accountId,
          state: 'queued',
          enqueuedAt: now,
        });
        conversation.contactId = contact.id;
      }

      conversation.version = String(Number(conversation.version) + 1);
      conversation.lastSeq += 1;
      conversation.lastChange += 1;
      conversation.unread += 1;
      conversation.lastMessageSeq = conversation.lastSeq;
      conversation.lastAuthor = 'customer';
      conversation.lastType = 'text';
      conversation.lastPreview = textMessage.slice(0, 120);
      conversation.lastAt = new Date(timestamp);
      conversation.waitingSince ??= now;
      conversation.lastActivityAt = now;
      await conversations.save(conversation);
      await manager.getRepository(InboxRecord).save({
        conversationId: conversation.id,
        accountId: conversation.accountId,
        assigneeId: conversation.assigneeId,
        open: true,
        waitingKey: String(conversation.waitingSince.getTime()),
        newestKey: String(now.getTime()),
      });
      await manager.getRepository(ListChangeRecord).insert({
        accountId: conversation.accountId,
        feed: conversation.version,
        conversationIds: [conversation.id],
      });
      const message = await messages.save({
        conversationId: conversation.id,
        contactId: conversation.contactId,
        seq: conversation.lastSeq,
        change: conversation.lastChange,
        kind: 'message',
        authorKind: 'customer',
        content: { type: 'text', text: textMessage },
        connectionId: owner.connectionId,
        carrierMessageId: msgId,
        channelSentAt: new Date(timestamp),
        receivedAt: now,
      });
      return { conversation, message };
    });
  }

  private async customer(customers: Repository<CustomerRecord>, address: string): Promise<CustomerRecord> {
    return (await customers.findOneBy({ address })) ?? customers.save({ address, phone: address });
  }
}

function born(owner: Owner, customerId: string, now: Date): Partial<ConversationRecord> {
  return {
    accountId: owner.accountId,
    customerId,
    connectionId: owner.connectionId,
    version: '0',
    lastSeq: 0,
    lastChange: 0,
    unread: 0,
    lastActivityAt: now,
    contactId: null,
    assigneeId: null,
  };
}
