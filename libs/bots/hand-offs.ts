import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HandOff, HandOffField, HandOffReason, HandOffView } from '#libs/contracts/index.js';
import { ContactFlow, ContactLines, SystemMessages, type Thread } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { QueueStore } from '#libs/routing/index.js';
import type { Book } from './bot-book.js';

/** Said with a hand-off, where neither the queue nor the account says anything of its own. */
const usualText = {
  ja: '担当者におつなぎします。お返事まで、このままお待ちください。',
  en: 'A member of our staff will take over. Please wait for a reply.',
} as const;

interface Row {
  id: string;
  contact_id: string;
  bot_id: string;
  bot_name: string;
  reason: HandOffReason;
  summary: string | null;
  fields: HandOffField[];
  queue_id: string | null;
  skill_ids: string[];
  at: Date;
}

/** From a bot to people: the one way, whatever led to it. */
@Injectable()
export class HandOffs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly messages: SystemMessages,
    private readonly queues: QueueStore,
    private readonly clock: Clock,
  ) {}

  /** Whatever is asked of rules inside a transaction is read before it. */
  async prepare(): Promise<void> {
    await this.queues.current();
  }

  /**
   * Into a queue, with what the bot has learned, and exactly one text to the customer: the queue's own where it says one,
   * otherwise what is handed over here. A second time for the same stretch of a bot nothing happens. The thread is held;
   * saving it is left to the caller.
   */
  async handOff(tx: Tx, thread: Thread, book: Book, handOff: HandOff, language: 'ja' | 'en'): Promise<boolean> {
    if (thread.contact_state !== 'bot' || thread.contact_id === null || thread.bot_id === null) return false;
    const { reason, summary = null, fields = [], skillIds = [] } = handOff;
    const wanted = this.queues.known.queue(handOff.queueId ?? null);
    const queueId = wanted?.active ? wanted.id : null;
    const bot = { id: thread.bot_id, name: thread.bot_name ?? '' };
    const now = this.clock.date();
    const [made] = await tx.query(
      `insert into contact_handoffs (contact_id, conversation_id, ownership, bot_id, reason, summary, fields, queue_id, skill_ids, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (contact_id, ownership) do nothing returning id`,
      [
        thread.contact_id,
        thread.id,
        thread.ownership,
        bot.id,
        reason,
        summary,
        JSON.stringify(fields),
        queueId,
        skillIds,
        now,
      ],
    );
    if (!made) return false;
    const text = book.desk(thread.account_id).handOffText ?? usualText[language];
    thread.waiting_since ??= now;
    await this.flow.enqueue(tx, thread, null, 'handedOff', {
      enqueued_at: now,
      asked_skills: skillIds,
      entry_words: { text, language },
      ...(queueId === null ? {} : { queue_id: queueId }),
    });
    const more = summary === null ? {} : { summary };
    await this.lines.write(tx, thread, null, 'contact.handedOff', { botName: bot.name, reason, ...more });
    // Nobody stands there to say it.
    const routed = queueId !== null || this.queues.known.ofAccount(thread.account_id) !== undefined;
    if (!routed) await this.messages.write(tx, thread, `${thread.contact_id} handOff`, text);
    return true;
  }

  async ofContact(contactId: string): Promise<HandOffView | null> {
    const rows = await this.dataSource.query<Row[]>(`${select} where h.contact_id = $1 order by h.id desc limit 1`, [
      contactId,
    ]);
    return rows[0] ? toView(rows[0]) : null;
  }

  /** Newest first, 20 at most. */
  async ofConversation(conversationId: string): Promise<HandOffView[]> {
    const rows = await this.dataSource.query<Row[]>(
      `${select} where h.conversation_id = $1 order by h.id desc limit 20`,
      [conversationId],
    );
    return rows.map(toView);
  }
}

const select = `select h.id, h.contact_id, h.bot_id, b.name as bot_name, h.reason, h.summary, h.fields, h.queue_id, h.skill_ids, h.at
  from contact_handoffs h join bots b on b.id = h.bot_id`;

function toView({
  id,
  contact_id,
  bot_id,
  bot_name,
  reason,
  summary,
  fields,
  queue_id,
  skill_ids,
  at,
}: Row): HandOffView {
  return {
    id,
    contactId: contact_id,
    bot: { id: bot_id, name: bot_name },
    reason,
    summary,
    fields,
    queueId: queue_id,
    skillIds: skill_ids,
    at: at.toISOString(),
  };
}
