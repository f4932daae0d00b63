import { Injectable } from '@nestjs/common';
import {
  ContactFlow,
  ContactLines,
  SystemMessages,
  ThreadWriter,
  type EntryWords,
  type Thread,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import type { Settlement } from './intake.js';
import { QueueStore } from './queue-store.js';
import { closedWords } from './entry-words.js';
import { opensAt } from './rules/business-hours.js';
import type { Queue, WaitingContact } from './rules/waiting-contact.js';
import { filled, openingWords } from './text-words.js';

const endings = {
  refused_full: { text: 'full', activity: 'contact.refusedFull' },
  refused_hours: { text: 'outOfHours', activity: 'contact.refusedHours' },
  closing_time: { text: 'closing', activity: 'contact.closingTime' },
} as const;

/** Waiting contacts that leave their queue without anybody's hand: to the one that helps out, or for good. */
@Injectable()
export class Movements {
  constructor(
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly messages: SystemMessages,
    private readonly store: QueueStore,
    private readonly clock: Clock,
  ) {}

  async overflow({
    id,
    conversationId,
    queueId,
  }: Pick<WaitingContact, 'id' | 'conversationId' | 'queueId'>): Promise<void> {
    const book = await this.store.current();
    const queue = book.queue(queueId);
    const target = book.queue(queue?.overflow?.queueId ?? null);
    await this.queued(conversationId, id, queueId, async (tx, thread) => {
      // The place it should go to is gone: it stays, and is looked at anew.
      if (!target) return this.flow.enqueue(tx, thread, null, 'returned');
      await this.flow.enqueue(tx, thread, null, 'overflowed', {
        queue_id: target.id,
        preferred_agent_id: null,
        preferred_since: null,
        declined_by: [],
        declined_at: null,
      });
      await this.lines.write(tx, thread, null, 'contact.overflowed', { queueName: target.name });
    });
  }

  /** Refused, or left over at closing time: told so, and over. */
  async settle(
    contact: { id: string; conversation_id: string; queue_id: string | null },
    how: Settlement,
  ): Promise<void> {
    const { id, conversation_id: conversationId, queue_id: queueId } = contact;
    if (queueId === null) return;
    if (how === 'overflow') return this.overflow({ id, conversationId, queueId });
    const queue = (await this.store.current()).queue(queueId);
    await this.queued(conversationId, id, queueId, async (tx, thread) => {
      const { text, activity } = endings[how];
      const now = this.clock.now();
      const words = queue && (lastWords(queue, text, now) ?? (await fromBot(tx, queue, id, how, now)));
      if (words) await this.messages.write(tx, thread, `${id} ${text}`, words);
      await this.flow.end(tx, thread, null, how, activity);
    });
  }

  private async queued(
    conversationId: string,
    contactId: string,
    queueId: string,
    work: (tx: Tx, thread: Thread) => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      const still = thread.contact_id === contactId && thread.contact_state === 'queued' && thread.queue_id === queueId;
      if (!still) return;
      await work(tx, thread);
      await this.threads.save(tx, [thread]);
    });
  }
}

/** Nobody waits any longer, so no wait is named; when it opens again may be. */
function lastWords(queue: Queue, text: 'full' | 'outOfHours' | 'closing', now: number): string | null {
  const template = queue.texts[text];
  if (template === null) return null;
  const opens = queue.hours === null ? null : opensAt(queue.hours, now);
  return filled(template, { wait: null, opens: opens === null ? null : openingWords(opens) });
}

/** Whoever comes from a bot is told in any case that nobody can be had. */
async function fromBot(
  tx: Tx,
  queue: Queue,
  id: string,
  how: keyof typeof endings,
  now: number,
): Promise<string | null> {
  if (how === 'closing_time') return null;
  const [contact] = await tx.query<{ entry_words: EntryWords | null }>(
    'select entry_words from contacts where id = $1',
    [id],
  );
  return contact?.entry_words ? closedWords(queue, contact.entry_words.language, how, now) : null;
}
