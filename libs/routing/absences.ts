import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentRuntime } from '#libs/agents/index.js';
import { ContactFlow, CustomerWords, ThreadWriter, type Word } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { Awakenings } from './awakenings.js';
import { Engine } from './engine.js';
import { Offers } from './offers.service.js';
import { QueueStore } from './queue-store.js';
import { Signals } from './signals.js';

const GATHER_MS = 50;
/** A row that somebody holds, or a database that is away for a moment, is not to leave a customer with whoever put her aside. */
const TRIES = 6;
const AGAIN_MS = 500;

interface Held {
  conversation_id: string;
  contact_id: string;
}

/**
 * What follows when somebody comes, leaves, or when a customer speaks. Offers of whoever left are withdrawn at once; a
 * customer who waits for her answer goes back to the queue with the first enqueuing, the others at their next word.
 */
@Injectable()
export class Absences implements OnModuleInit {
  private readonly spoken = new Set<string>();
  private looking = false;

  constructor(
    private readonly runtime: AgentRuntime,
    private readonly announcements: Announcements,
    private readonly words: CustomerWords,
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly offers: Offers,
    private readonly awakenings: Awakenings,
    private readonly store: QueueStore,
    private readonly engine: Engine,
    private readonly signals: Signals,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.runtime.onBecameAvailable((tx, agentIds) => this.signals.send(tx, { agents: agentIds }));
    this.runtime.onWentOffline(({ agentId }) => this.left(agentId));
    this.announcements.on('agents', (refs, origin) => {
      if (origin === 'here') void this.quietly(this.changed(refs as { agentId: string }[]));
    });
    this.words.onHeard((words) => this.heard(words));
  }

  private async changed(refs: readonly { agentId: string }[]): Promise<void> {
    const open = await this.transactions.prepared<Held & { agent_id: string }>(
      'offers.of-absent',
      `select o.conversation_id, o.contact_id, o.agent_id from offers o join agent_runtime r on r.agent_id = o.agent_id
       where o.agent_id = any($1::bigint[]) and o.outcome is null
         and (r.routing = 'not_ready' or r.connection = 'disconnected')`,
      [[...new Set(refs.map(({ agentId }) => agentId))]],
    );
    for (const offer of open) await this.offers.withdraw(offer.conversation_id, offer.contact_id, offer.agent_id);
  }

  private async left(agentId: string): Promise<void> {
    await this.changed([{ agentId }]);
    const held = await this.dataSource.query<Held[]>(
      `select t.conversation_id, t.id as contact_id from contacts t join conversations c on c.contact_id = t.id
       where t.assignee_id = $1 and t.state in ('active', 'held') and t.queue_id is not null and c.waiting_since is not null`,
      [agentId],
    );
    for (const contact of held) await this.giveBack(contact, agentId);
  }

  /** Only while she is away; she may be back by the time this is done. */
  private async giveBack(
    { conversation_id: conversationId, contact_id: contactId }: Held,
    agentId: string,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (thread.contact_id !== contactId || thread.assignee_id !== agentId || thread.waiting_since === null) return;
      if (thread.queue_id === null || !['active', 'held'].includes(thread.contact_state ?? '')) return;
      const standing = await this.runtime.lockForOffer(tx, agentId);
      if (standing && standing.active && standing.connection !== 'disconnected') return;
      await this.flow.giveBack(tx, thread, null, 'contact.agentGone', thread.assignee_name ?? undefined);
      await this.threads.save(tx, [thread]);
    });
  }

  /** One look at a time for however many spoke in a moment: hardly any of them moves a contact. */
  private heard(words: readonly Word[]): void {
    const book = this.store.known;
    // Whoever waits already and writes again moves nothing in a queue.
    const queues = new Set(
      words.flatMap(({ accountId, opened }) => (opened ? (book.ofAccount(accountId)?.id ?? []) : [])),
    );
    if (queues.size > 0) this.engine.wakeForArrivals(queues);
    for (const word of words)
      if (word.assigneeId !== null || word.lastAssigneeId !== null) this.spoken.add(word.conversationId);
    if (this.spoken.size > 0 && !this.looking) void this.look();
  }

  private async look(): Promise<void> {
    this.looking = true;
    let failed = 0;
    while (this.spoken.size > 0) {
      await setTimeout(failed === 0 ? GATHER_MS : AGAIN_MS * failed);
      const ids = [...this.spoken];
      this.spoken.clear();
      const left = await this.answerWords(ids).catch((fault: unknown) => {
        this.log.error({ err: fault }, 'nobody could look at what customers said');
        return ids;
      });
      failed = left.length === 0 || failed === TRIES ? 0 : failed + 1;
      if (failed > 0) left.forEach((id) => this.spoken.add(id));
    }
    // In the same breath as the look above: a word that comes between would wait for the next one.
    this.looking = false;
  }

  /**
   * Contacts that were put aside wake; what somebody had who is gone goes back.
   * @returns those for which it could not be done
   */
  private async answerWords(conversationIds: readonly string[]): Promise<string[]> {
    const contacts = await this.dataSource.query<(Held & { aside: boolean; assignee_id: string | null })[]>(
      `select c.id as conversation_id, t.id as contact_id, t.assignee_id,
         t.state in ('snoozed', 'wrapup') or t.closes_at is not null as aside
       from conversations c join contacts t on t.id = c.contact_id left join agent_runtime r on r.agent_id = t.assignee_id
       where c.id = any($1::bigint[]) and (t.state in ('snoozed', 'wrapup') or t.closes_at is not null
         or (t.queue_id is not null and r.connection = 'disconnected'))`,
      [conversationIds],
    );
    const failed: string[] = [];
    for (const contact of contacts) {
      try {
        if (contact.aside) await this.awakenings.onWord(contact.conversation_id, contact.contact_id);
        if (contact.assignee_id !== null) await this.giveBack(contact, contact.assignee_id);
      } catch (fault) {
        this.log.error({ err: fault }, 'what follows from a customer’s words could not be done');
        failed.push(contact.conversation_id);
      }
    }
    return failed;
  }

  private async quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (fault) {
      this.log.error({ err: fault }, 'what followed from somebody’s coming or going could not be done');
    }
  }
}
