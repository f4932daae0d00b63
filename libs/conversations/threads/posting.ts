import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  measureText,
  textLimits,
  type FieldError,
  type Mention,
  type MessageContent,
  type PostContent,
  type PostMessageBody,
  type TextContent,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError, conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { isFormer } from '../customers/address-key.js';
import { mayRead, type Asker } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { ForbiddenWords } from '../forbidden/forbidden-words.service.js';
import { ContactFlow } from '../contacts/contact-flow.js';
import { Delivery } from '../delivery/delivery.js';
import { Drafts } from '../drafts/drafts.service.js';
import { Outgoing } from '../media/outgoing.js';
import { selectMessages, type MessageRow } from './message-row.js';
import { mentionFaults } from '../notes/mentions.js';
import { Notifications } from '../notes/notifications.service.js';
import { Readers, readersAmong } from '../notes/readers.service.js';
import type { Thread } from './thread-row.js';
import { ThreadWriter } from './thread-writer.js';

export interface Author extends Asker {
  name: string;
}

/** What the writer knew, and how long she may think better of it. */
export type Sending = Pick<PostMessageBody, 'answering' | 'anyway' | 'undoSeconds'>;

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
    private readonly forbidden: ForbiddenWords,
    private readonly drafts: Drafts,
    private readonly readers: Readers,
    private readonly notifications: Notifications,
  ) {}

  /**
   * An agent answers. Whoever answers a conversation that nobody has, takes it with the answer; one that a colleague has
   * is refused (409 `already_assigned`), and so is an answer to what a colleague has answered meanwhile, unless it is sent
   * knowingly (409 `already_answered`).
   */
  async post(
    author: Author,
    conversationId: string,
    clientId: string,
    content: PostContent,
    sending: Sending = {},
  ): Promise<Posted> {
    if (!author.permissions.has('conversation.reply')) throw forbidden();
    const faults = content.type === 'text' ? textFaults(content.text, 'content.text') : [];
    if (faults.length > 0) throw invalid(faults, errorCodes.textTooLong);
    const rich = content.type === 'text' ? null : await this.outgoing.prepare(content);
    const blocking = await this.forbidden.blocking();
    return this.transactions.run(async (tx) => {
      const thread = await this.open(tx, author, conversationId);
      const known = await stored(tx, thread, clientId);
      if (known) return { message: known, created: false };
      refuseWords(blocking(thread.account_id, wordsOf(content)));
      if (thread.assignee_id !== null && thread.assignee_id !== author.agentId) {
        throw conflict(errorCodes.alreadyAssigned, `${thread.assignee_name ?? 'A colleague'} has this conversation.`);
      }
      maySendTo(thread);
      if (sending.answering !== undefined && sending.anyway !== true) {
        await refuseSecondAnswer(tx, thread, author, sending.answering);
      }
      if (thread.assignee_id === null) await this.contacts.take(tx, thread, author, 'reply');
      const written = rich && (await this.outgoing.write(tx, author.agentId, conversationId, rich));
      const said = written?.content ?? (content as TextContent);
      const message = await this.write(tx, thread, author, clientId, said, sending.undoSeconds);
      await written?.attach(message.id);
      await this.contacts.answered(tx, thread, message.created_at);
      thread.waiting_since = null;
      await this.delivery.schedule(tx, thread);
      if (content.type === 'text') await this.drafts.sent(tx, author.agentId, thread.id, 'text', content.text);
      await this.threads.save(tx, [thread]);
      return { message, created: true };
    });
  }

  /**
   * A bot answers, into a thread that is held and whose owner it was made sure to be; saving it is left to the caller.
   * @throws as for people where nothing may be sent to this customer
   */
  async postByBot(
    tx: Tx,
    thread: Thread,
    bot: { id: string; name: string },
    clientId: string,
    content: TextContent,
  ): Promise<Posted> {
    const known = await stored(tx, thread, clientId);
    if (known) return { message: known, created: false };
    maySendTo(thread);
    const message = await this.threads.append(tx, thread, {
      kind: 'message',
      author: { kind: 'bot', id: bot.id, name: bot.name },
      content,
      clientId,
      delivery: 'queued',
    });
    await this.delivery.schedule(tx, thread);
    return { message, created: true };
  }

  /** Staff only: never sent, never counted as an answer, marks nothing read. Whoever it names is told. */
  async note(
    author: Author,
    conversationId: string,
    clientId: string,
    text: string,
    mentions: readonly Mention[] = [],
  ): Promise<Posted> {
    if (!author.permissions.has('conversation.note')) throw forbidden();
    const faults = textFaults(text, 'text');
    if (faults.length > 0) throw invalid(faults, errorCodes.textTooLong);
    const named = [...new Set(mentions.map(({ agentId }) => agentId))];
    const rights = await this.readers.rightsOf(named);
    return this.transactions.run(async (tx) => {
      const thread = await this.open(tx, author, conversationId);
      const known = await stored(tx, thread, clientId);
      if (known) return { message: known, created: false };
      const wrong = mentionFaults(text, mentions, readersAmong(rights, standingOfRow(thread)));
      if (wrong.length > 0) throw invalid(wrong);
      const message = await this.threads.append(tx, thread, {
        kind: 'note',
        author: { kind: 'agent', id: author.agentId, name: author.name },
        content: { type: 'text', text, ...(mentions.length > 0 ? { mentions: [...mentions] } : {}) },
        clientId,
      });
      await this.notifications.mention(tx, message, author.agentId, named);
      await this.drafts.sent(tx, author.agentId, thread.id, 'note', text);
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
    holdSeconds = 0,
  ): Promise<MessageRow> {
    return this.threads.append(tx, thread, {
      kind: 'message',
      author: { kind: 'agent', id: author.agentId, name: author.name },
      content,
      clientId,
      delivery: 'queued',
      holdSeconds,
    });
  }

  private async open(tx: Tx, author: Author, conversationId: string): Promise<Thread> {
    const thread = await this.threads.lock(tx, conversationId);
    if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
    return thread;
  }
}

/** Whether anything may be sent to this customer now; of an opted-out one only what she asked for herself is answered. */
export function maySendTo(
  thread: Pick<Thread, 'address' | 'blocked' | 'opted_out' | 'contact_id' | 'enqueued_at' | 'contact_state'>,
): void {
  if (isFormer(thread.address)) {
    throw conflict(errorCodes.numberReassigned, 'The number belongs to another person now.');
  }
  if (thread.blocked) throw conflict(errorCodes.customerBlocked, 'The customer is blocked.');
  // A contact that no customer asked for never waited; a bot's has not yet.
  const asked = thread.contact_id !== null && (thread.enqueued_at !== null || thread.contact_state === 'bot');
  if (thread.opted_out && !asked) {
    throw conflict(
      errorCodes.customerOptedOut,
      'The customer wants no messages; an open enquiry of hers may be answered.',
    );
  }
}

function refuseWords(words: readonly string[]): void {
  if (words.length === 0) return;
  throw invalid(
    words.map((word) => ({
      field: 'content.text',
      rule: 'forbiddenWord',
      message: `The account does not let ${word} through.`,
    })),
    errorCodes.forbiddenWord,
  );
}

/** What of it a customer reads. */
function wordsOf(content: PostContent): string {
  if (content.type === 'text') return content.text;
  return content.type === 'location' ? (content.label ?? '') : '';
}

async function stored(tx: Tx, thread: Thread, clientId: string): Promise<MessageRow | undefined> {
  const [message] = await tx.prepared<MessageRow>(
    'messages.stored',
    `${selectMessages} where m.conversation_id = $1 and m.client_id = $2`,
    [thread.id, clientId],
  );
  return message;
}

/** Under the lock of the thread: of two answers at the same moment the second one finds the first. */
async function refuseSecondAnswer(tx: Tx, thread: Thread, author: Author, seen: number): Promise<void> {
  if (thread.last_seq <= seen) return;
  const [theirs] = await tx.query<Pick<MessageRow, 'seq' | 'created_at' | 'author_id'> & { author_name: string }>(
    `select m.seq, m.created_at, m.author_id, a.name as author_name from messages m join agents a on a.id = m.author_id
     where m.conversation_id = $1 and m.seq > $2 and m.kind = 'message' and m.author_kind = 'agent' and m.author_id <> $3
       and m.delivery is distinct from 'cancelled'
     order by m.seq desc limit 1`,
    [thread.id, seen, author.agentId],
  );
  if (!theirs) return;
  throw new AppError(409, errorCodes.alreadyAnswered, `${theirs.author_name} has answered meanwhile.`, {
    answered: {
      by: { id: theirs.author_id!, name: theirs.author_name },
      seq: theirs.seq,
      at: theirs.created_at.toISOString(),
    },
  });
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
