import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SystemMessages, WaitingRoom } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { bucket, Jobs } from '#libs/platform/jobs/index.js';
import { QueueStore } from './queue-store.js';
import { opensAt } from './rules/business-hours.js';
import { expectedWait } from './rules/expected-wait.js';
import type { Queue } from './rules/waiting-contact.js';
import { filled, inMinutes, openingWords } from './text-words.js';

export type TextKind = 'queued' | 'outOfHours' | 'full';

const JOB = 'routing.text';
const SAMPLE_MS = 30 * 60_000;

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
    const [contact] = await this.dataSource.query<{ conversation_id: string; queue_id: string; ahead: number }[]>(
      `select c.conversation_id, c.queue_id, (select count(*)::int from contacts o where o.queue_id = c.queue_id
         and o.state = 'queued' and (o.effective_at, o.id) < (c.effective_at, c.id)) as ahead
       from contacts c where c.id = $1 and c.state in ('queued', 'offered') and c.queue_id is not null`,
      [contactId],
    );
    const queue = contact && (await this.store.current()).queue(contact.queue_id);
    if (!contact || !queue) return;
    const words = await this.words(queue, text, contact.ahead + 1);
    if (words === null) return;
    await this.messages.send(contact.conversation_id, `${contactId} ${text}`, words, (thread) => {
      return thread.contact_id === contactId && ['queued', 'offered'].includes(thread.contact_state ?? '');
    });
  }

  private async words(queue: Queue, text: TextKind, place: number): Promise<string | null> {
    const template = queue.texts[text];
    if (template === null) return null;
    const opens = queue.hours === null ? null : opensAt(queue.hours, this.clock.now());
    const wait = template.includes('{wait}') ? await this.waitOf(queue.id, place) : null;
    return filled(template, {
      wait: wait && inMinutes(wait),
      opens: opens === null || text !== 'outOfHours' ? null : openingWords(opens),
    });
  }
}
