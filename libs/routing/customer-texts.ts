import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SystemMessages, WaitingRoom, type EntryWords } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { bucket, Jobs } from '#libs/platform/jobs/index.js';
import { QueueStore } from './queue-store.js';
import { expectedWait } from './rules/expected-wait.js';
import type { Queue } from './rules/waiting-contact.js';
import { closedWords } from './entry-words.js';
import { isOpen, opensAt } from './rules/business-hours.js';
import { filled, inMinutes, openingWords } from './text-words.js';

/** `entry`: what came with the contact, because its queue says nothing. */
export type TextKind = 'queued' | 'outOfHours' | 'full' | 'entry';

const JOB = 'routing.text';
const SAMPLE_MS = 30 * 60_000;

interface Contact {
  conversation_id: string;
  queue_id: string;
  entry_words: EntryWords | null;
  waits: boolean;
  ahead: number;
}

interface Order {
  contactId: string;
  text: TextKind;
}

/**
 * What a queue says to whoever enters it. Ordered with the entry and sent by a job, so that a crash loses none; said only
 * while it is true, and with an expected wait only when there is one to be honest about.
 */
@Injectable()
export class CustomerTexts implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly dataSource: DataSource,
    private readonly store: QueueStore,
    private readonly waiting: WaitingRoom,
    private readonly messages: SystemMessages,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<Order>(JOB, (order) => this.send(order));
  }

  async order(tx: Tx, contactId: string, text: TextKind): Promise<void> {
    const key = `text:${contactId}`;
    await this.jobs.add(tx, JOB, { contactId, text } satisfies Order, { queue: bucket('text', contactId, 8), key });
  }

  async waitOf(queueId: string, place: number): Promise<ReturnType<typeof expectedWait>> {
    return expectedWait(place, await this.waiting.acceptedSince(queueId, new Date(this.clock.now() - SAMPLE_MS)));
  }

  private async send({ contactId, text }: Order): Promise<void> {
    const [contact] = await this.dataSource.query<Contact[]>(
      `select c.conversation_id, c.queue_id, c.entry_words, c.state in ('queued', 'offered') as waits, (select count(*)::int from contacts o where o.queue_id = c.queue_id
         and o.state = 'queued' and (o.effective_at, o.id) < (c.effective_at, c.id)) as ahead
       from contacts c where c.id = $1 and c.queue_id is not null and (c.state in ('queued', 'offered')
         or (c.state in ('active', 'held') and c.entry_words is not null and c.first_human_reply_at is null))`,
      [contactId],
    );
    const queue = contact && (await this.store.current()).queue(contact.queue_id);
    if (!contact || !queue) return;
    const words = (await this.words(queue, contact, text)) ?? ownWords(queue, contact, this.clock.now());
    if (words === null) return;
    await this.messages.send(contact.conversation_id, `${contactId} ${text}`, words, (thread) => {
      if (thread.contact_id !== contactId) return false;
      if (['queued', 'offered'].includes(thread.contact_state ?? '')) return true;
      // Somebody was free at once and has said nothing yet: whoever comes from a bot is told all the same.
      return contact.entry_words !== null && thread.first_human_reply_at === null && thread.assignee_id !== null;
    });
  }

  private async words(queue: Queue, { ahead, waits }: Contact, text: TextKind): Promise<string | null> {
    // Nobody waits any longer: no word of waiting.
    const template = text === 'entry' || !waits ? null : queue.texts[text];
    if (template === null) return null;
    const opens = queue.hours === null ? null : opensAt(queue.hours, this.clock.now());
    const wait = template.includes('{wait}') ? await this.waitOf(queue.id, ahead + 1) : null;
    return filled(template, {
      wait: wait && inMinutes(wait),
      opens: opens === null || text !== 'outOfHours' ? null : openingWords(opens),
    });
  }
}

/** Of a contact that came from a bot: its own words, or, while the queue is closed, that it is. */
function ownWords(queue: Queue, { entry_words: own, waits }: Contact, now: number): string | null {
  if (own === null) return null;
  return waits && !isOpen(queue.hours, now) ? closedWords(queue, own.language, 'kept', now) : own.text;
}
