import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** The same tables as the console's, as one would map them without a second thought. */
@Entity('customers')
export class CustomerRecord {
  @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string;
  @Column({ type: 'text' }) address!: string;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
}

@Entity('conversations')
export class ConversationRecord {
  @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string;
  @Column({ type: 'bigint', name: 'account_id' }) accountId!: string;
  @Column({ type: 'bigint', name: 'customer_id' }) customerId!: string;
  @Column({ type: 'bigint', name: 'connection_id' }) connectionId!: string;
  @Column({ type: 'bigint' }) version!: string;
  @Column({ type: 'integer', name: 'last_seq' }) lastSeq!: number;
  @Column({ type: 'integer', name: 'last_change' }) lastChange!: number;
  @Column({ type: 'integer' }) unread!: number;
  @Column({ type: 'integer', name: 'last_message_seq', nullable: true }) lastMessageSeq!: number | null;
  @Column({ type: 'text', name: 'last_author', nullable: true }) lastAuthor!: string | null;
  @Column({ type: 'text', name: 'last_type', nullable: true }) lastType!: string | null;
  @Column({ type: 'text', name: 'last_preview', nullable: true }) lastPreview!: string | null;
  @Column({ type: 'timestamptz', name: 'last_at', nullable: true }) lastAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'waiting_since', nullable: true }) waitingSince!: Date | null;
  @Column({ type: 'timestamptz', name: 'last_activity_at' }) lastActivityAt!: Date;
  @Column({ type: 'bigint', name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column({ type: 'bigint', name: 'assignee_id', nullable: true }) assigneeId!: string | null;
}

@Entity('contacts')
export class ContactRecord {
  @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string;
  @Column({ type: 'bigint', name: 'conversation_id' }) conversationId!: string;
  @Column({ type: 'bigint', name: 'account_id' }) accountId!: string;
  @Column({ type: 'text' }) state!: string;
  @Column({ type: 'timestamptz', name: 'enqueued_at', nullable: true }) enqueuedAt!: Date | null;
}

@Entity('inbox')
export class InboxRecord {
  @PrimaryColumn({ type: 'bigint', name: 'conversation_id' }) conversationId!: string;
  @Column({ type: 'bigint', name: 'account_id' }) accountId!: string;
  @Column({ type: 'bigint', name: 'assignee_id', nullable: true }) assigneeId!: string | null;
  @Column({ type: 'boolean' }) open!: boolean;
  @Column({ type: 'bigint', name: 'waiting_key' }) waitingKey!: string;
  @Column({ type: 'bigint', name: 'newest_key' }) newestKey!: string;
}

@Entity('list_changes')
export class ListChangeRecord {
  @PrimaryColumn({ type: 'bigint', name: 'account_id' }) accountId!: string;
  @PrimaryColumn({ type: 'bigint' }) feed!: string;
  @Column({ type: 'bigint', array: true, name: 'conversation_ids' }) conversationIds!: string[];
}

@Entity('messages')
export class MessageRecord {
  @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string;
  @Column({ type: 'bigint', name: 'conversation_id' }) conversationId!: string;
  @Column({ type: 'bigint', name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'integer' }) change!: number;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text', name: 'author_kind' }) authorKind!: string;
  @Column({ type: 'jsonb' }) content!: object;
  @Column({ type: 'bigint', name: 'connection_id' }) connectionId!: string;
  @Column({ type: 'text', name: 'carrier_message_id' }) carrierMessageId!: string;
  @Column({ type: 'timestamptz', name: 'channel_sent_at', nullable: true }) channelSentAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'received_at', nullable: true }) receivedAt!: Date | null;
}

export const records = [
  CustomerRecord,
  ConversationRecord,
  ContactRecord,
  InboxRecord,
  ListChangeRecord,
  MessageRecord,
];
