import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Agents } from '#libs/agents/index.js';
import { maskedRow, numbersAt } from '#libs/conversations/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import type { OfferRef } from './offer-rows.js';
import { Offers } from './offers.service.js';
import { QueueStore, type QueueNews } from './queue-store.js';
import { QueueSummaries } from './queue-summaries.js';
import { Signals } from './signals.js';

/** Numbers of a queue are told no more often than this. */
const GATHER_MS = 1_000;

/** Tells screens of offers, at once and to the one person, and of queues, gathered and to whom they concern. */
@Injectable()
export class RoutingNews implements OnModuleInit, BeforeApplicationShutdown {
  private readonly changed = new Set<string>();
  /** Those of them whose rules changed: who is a member may be another one, and everybody knows their names. */
  private readonly ruled = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private toldAt = 0;

  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly agents: Agents,
    private readonly offers: Offers,
    private readonly store: QueueStore,
    private readonly summaries: QueueSummaries,
    private readonly signals: Signals,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.announcements.on('offers', (refs) => this.tellOffers(refs as OfferRef[]));
    this.announcements.on('queues', (refs) => {
      const ids = (refs as QueueNews[]).map(({ queueId }) => queueId);
      for (const id of ids) this.ruled.add(id);
      this.gather(ids);
    });
    this.signals.onEverywhere(({ counts }) => this.gather(counts));
    // Who is ready, and how many slots are free, is told with a queue too.
    this.announcements.on('agents', (refs) => {
      const book = this.store.known;
      this.gather((refs as { agentId: string }[]).flatMap(({ agentId }) => book.ofAgent(agentId)));
    });
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async tellOffers(refs: readonly OfferRef[]): Promise<void> {
    const here = this.socketsHere();
    for (const { id, agentId, conversationId, outcome } of refs) {
      if (outcome === undefined) continue;
      for (const socket of here.get(agentId) ?? []) socket.emit('offer:ended', { id, conversationId, outcome });
    }
    const made = refs.filter(({ agentId, outcome }) => outcome === undefined && here.has(agentId));
    if (made.length === 0) return;
    for (const { agentId, ...offer } of await this.offers.byIds(made.map(({ id }) => id)))
      for (const socket of here.get(agentId) ?? []) {
        const row = offer.conversation;
        const conversation = numbersAt(socket) === 'whole' ? row : maskedRow(row);
        socket.emit('offer:made', { ...offer, conversation });
      }
  }

  private socketsHere(): Map<string, ReturnType<Sockets['local']> extends Iterable<infer S> ? S[] : never> {
    const byAgent: ReturnType<RoutingNews['socketsHere']> = new Map();
    for (const socket of this.sockets.local()) {
      const { agentId } = socket.data.person;
      const known = byAgent.get(agentId);
      if (known) known.push(socket);
      else byAgent.set(agentId, [socket]);
    }
    return byAgent;
  }

  private gather(queueIds: readonly string[]): void {
    if (queueIds.length === 0) return;
    for (const id of queueIds) this.changed.add(id);
    this.timer ??= setTimeout(() => void this.tellQueues(), Math.max(0, this.toldAt + GATHER_MS - Date.now()));
  }

  private async tellQueues(): Promise<void> {
    this.timer = null;
    this.toldAt = Date.now();
    const [ids, ruled] = [[...this.changed], new Set(this.ruled)];
    this.changed.clear();
    this.ruled.clear();
    try {
      const here = this.socketsHere();
      if (here.size === 0) return;
      const book = await this.store.current();
      const summaries = await this.summaries.of(ids);
      const rights = await this.agents.rightsOfAll([...here.keys()]);
      for (const [agentId, sockets] of here) {
        const leads = rights.get(agentId)?.permissions.has('conversation.assign') ?? false;
        for (const id of ids) {
          const mine = book.membership(id, agentId) !== undefined;
          if (!leads && !mine && !ruled.has(id)) continue;
          const queue = summaries.find((summary) => summary.id === id) ?? null;
          for (const socket of sockets) socket.emit('queue:changed', { id, queue, mine });
        }
      }
    } catch (fault) {
      this.log.warn({ err: fault }, 'the numbers of queues could not be told');
    }
  }
}
