import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  measureText,
  textLimits,
  type FieldError,
  type MessageContent,
  type PostContent,
  type TextContent,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { mayRead, type Asker } from './conversation-access.js';
import { standingOfRow } from './conversation-news.js';
import { ContactFlow } from './contact-flow.js';
import { Delivery } from './delivery.js';
import { Outgoing } from './media/outgoing.js';
import { selectMessages, type MessageRow } from './message-row.js';
import type { Thread } from './thread-row.js';
import { ThreadWriter } from './thread-writer.js';

export interface Author extends Asker {
  name: string;
}

export interface Posted {
  message: MessageRow;
  /** False: the same `clientId` had been stored before, and nothing happened. */
  created: boolean;
}

/**
 * The one way staff write into a thread: a message for the customer, or a note. The message, its place, and the job
 * that sends it are one transaction.
 */
@Injectable()
export class Posting {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly contacts: ContactFlow,
    private readonly delivery: Delivery,
    private readonly outgoing: Outgoing,
  ) {}

  /**
   * An agent answers. Whoever answers a conversation that nobody has, takes it with the answer; one that a colleague has
   * is refused (409 `already_assigned`).
   */
  async post(author: Author, conversationId: string, clientId: string, content: PostContent): Promise<Posted> {
    if (!author.permissions.has('conversation.reply')) throw forbidden();
    const faults = content.type === 'text' ? textFaults(content.text, 'content.text') : [];
    if (faults.length > 0) throw invalid(faults, errorCodes.textTooLong);
    const rich = content.type === 'text' ? null : await this.outgoing.prepare(content);
    return this.transactions.run(async (tx) => {
      const thread = await this.open(tx, author, conversationId);
      const known = await stored(tx, thread, clientId);
      if (known) return { message: known, created: false };
      if (thread.assignee_id !== null && thread.assignee_id !== author.agentId) {
        throw conflict(errorCodes.alreadyAssigned, `${thread.assignee_name ?? 'A colleague'} has this conversation.`);
      }
      if (thread.assignee_id === null) await this.contacts.take(tx, thread, author, 'reply');
      const written = rich && (await this.outgoing.write(tx, author.agentId, conversationId, rich));
      const said = written?.content ?? (content as TextContent);
      const message = await this.write(tx, thread, author, clientId, said);
      await written?.attach(message.id);
      await this.contacts.answered(tx, thread, message.created_at);
      thread.waiting_since = null;
      await this.delivery.schedule(tx, thread);
      await this.threads.save(tx, [thread]);
      return { message, created: true };
    });
  }

  /** Staff only: never sent, never counted as an answer, marks nothing read. */
  note(author: Author, conversationId: string, clientId: string, text: string): Promise<Posted> {
    if (!author.permissions.has('conversation.note')) throw forbidden();
    const faults = textFaults(text, 'text');
    if (faults.length > 0) throw invalid(faults, errorCodes.textTooLong);
    return this.transactions.run(async (tx) => {
      const thread = await this.open(tx, author, conversationId);
      const known = await stored(tx, thread, clientId);
      if (known) return { message: known, created: false };
      const message = await this.threads.append(tx, thread, {
        kind: 'note',
        author: { kind: 'agent', id: author.agentId, name: author.name },
        content: { type: 'text', text },
        clientId,
      });
      await this.threads.save(tx, [thread]);
      return { message, created: true };
    });
  }

  private write(
    tx: Tx,
    thread: Thread,
    author: Author,
    clientId: string,
    content: MessageContent,
  ): Promise<MessageRow> {
    return this.threads.append(tx, thread, {
      kind: 'message',
      author: { kind: 'agent', id: author.agentId, name: author.name },
      content,
      clientId,
      delivery: 'queued',
    });
  }

  private async open(tx: Tx, author: Author, conversationId: string): Promise<Thread> {
    const thread = await this.threads.lock(tx, conversationId);
    if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
    return thread;
  }
}

async function stored(tx: Tx, thread: Thread, clientId: string): Promise<MessageRow | undefined> {
  const [message] = await tx.query<MessageRow>(`${selectMessages} where m.conversation_id = $1 and m.client_id = $2`, [
    thread.id,
    clientId,
  ]);
  return message;
}

/** Both of +Message's limits, each with its number. */
export function textFaults(text: string, field: string): FieldError[] {
  const { units, bytes } = measureText(text);
  const faults: FieldError[] = [];
  if (text.trim() === '') faults.push({ field, rule: 'required', message: 'There is no text.' });
  if (units > textLimits.units) {
    const message = `The text has ${units} UTF-16 units; ${textLimits.units} are allowed.`;
    faults.push({ field, rule: 'tooLong', message, limit: textLimits.units, actual: units, unit: 'utf16' });
  }
  if (bytes > textLimits.bytes) {
    const message = `The text has ${bytes} bytes of UTF-8; ${textLimits.bytes} are allowed.`;
    faults.push({ field, rule: 'tooLong', message, limit: textLimits.bytes, actual: bytes, unit: 'bytes' });
  }
  return faults;
}
