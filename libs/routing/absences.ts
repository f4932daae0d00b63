import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentRuntime } from '#libs/agents/index.js';
import { ContactFlow, CustomerWords, lockFresh, ThreadWriter, type ThreadRow } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { Awakenings } from './awakenings.js';
import { Engine } from './engine.js';
import { Offers } from './offers.service.js';
import { QueueStore } from './queue-store.js';
import { Signals } from './signals.js';

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
    this.words.onHeard((threads) => void this.quietly(this.heard(threads)));
  }

  private async changed(refs: readonly { agentId: string }[]): Promise<void> {
    const open = await this.dataSource.query<(Held & { agent_id: string })[]>(
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
      const thread = await lockFresh(tx, this.threads, conversationId);
      if (thread.contact_id !== contactId || thread.assignee_id !== agentId || thread.waiting_since === null) return;
      const standing = await this.runtime.lockForOffer(tx, agentId);
      if (standing && standing.active && standing.connection !== 'disconnected') return;
      await this.flow.giveBack(tx, thread, null, 'contact.agentGone', thread.assignee_name ?? undefined);
      await this.threads.save(tx, [thread]);
    });
  }

  private async heard(threads: readonly ThreadRow[]): Promise<void> {
    const waiting = threads.filter(({ contact_state }) => contact_state === 'queued');
    if (waiting.length > 0) await this.arrived(waiting);
    for (const { id, contact_id, contact_state, closes_at } of threads) {
      const aside = contact_state === 'snoozed' || contact_state === 'wrapup' || closes_at !== null;
      if (contact_id !== null && aside) await this.awakenings.onWord(id, contact_id);
    }
    const owned = threads.filter(
      (each) => each.assignee_id !== null && each.queue_id !== null && each.contact_id !== null,
    );
    if (owned.length === 0) return;
    const owners = await this.runtime.standings([...new Set(owned.map(({ assignee_id }) => assignee_id!))]);
    for (const { id, contact_id, assignee_id } of owned) {
      const owner = owners.get(assignee_id!);
      if (owner?.active && owner.connection !== 'disconnected') continue;
      await this.giveBack({ conversation_id: id, contact_id: contact_id! }, assignee_id!);
    }
  }

  private async arrived(threads: readonly ThreadRow[]): Promise<void> {
    const book = await this.store.current();
    const queues = threads.flatMap(({ queue_id, account_id }) => {
      const queue = queue_id === null ? book.ofAccount(account_id)?.id : queue_id;
      return queue === undefined ? [] : [queue];
    });
    if (queues.length > 0) this.engine.wakeForArrivals(new Set(queues));
  }

  private async quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (fault) {
      this.log.error({ err: fault }, 'what followed from somebody’s coming or going could not be done');
    }
  }
}
