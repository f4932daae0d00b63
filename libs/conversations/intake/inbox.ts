import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InboundHandlers, type InboundEvent } from '#libs/carrier/index.js';
import { errorCodes } from '#libs/contracts/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { AppError, Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Aliases } from '../customers/aliases.js';
import { InboxBatch, type IncomingMessage } from './inbox-batch.js';
import { Lane } from './lane.js';
import { Receipts } from './receipts.js';
import { TypingSigns } from '../threads/typing-signs.js';

/** More than this many events waiting for the database: the carrier is asked to come again. */
const WAITING_LIMIT = 5_000;
const BATCH_LIMIT = 500;

/**
 * Takes in what carriers say. Webhooks that arrive while a batch is being committed form the next one: no timer, no
 * wait when idle, and one transaction for all of them under load. `receive` resolves after commit, so the carrier is
 * answered only for what is stored.
 *
 * Messages and reports go in lanes of their own, one transaction at a time each: each locks several conversations, in
 * the same order, and never while it holds the other's.
 */
@Injectable()
export class Inbox implements OnModuleInit {
  private readonly messages: Lane<IncomingMessage>;
  private readonly receipts: Lane<Extract<InboundEvent, { kind: 'receipt' }>>;

  constructor(
    private readonly handlers: InboundHandlers,
    batch: InboxBatch,
    receipts: Receipts,
    private readonly aliases: Aliases,
    private readonly typing: TypingSigns,
    private readonly clock: Clock,
    log: Log,
    metrics: Metrics,
  ) {
    this.messages = new Lane((events, onWritten) => batch.store(events, onWritten), BATCH_LIMIT, log);
    this.receipts = new Lane((events) => receipts.apply(events), BATCH_LIMIT, log);
    metrics.watch('madoguchi_inbox_waiting', 'Events waiting to be stored', () => this.waiting);
  }

  onModuleInit(): void {
    this.handlers.register({ receive: (events) => this.receive(events) });
  }

  get waiting(): number {
    return this.messages.waiting + this.receipts.waiting;
  }

  /** False while so much waits that carriers are asked to come again. */
  get accepting(): boolean {
    return this.waiting <= WAITING_LIMIT;
  }

  /** @returns the events that can never be stored; everything else is committed */
  async receive(events: InboundEvent[]): Promise<InboundEvent[]> {
    if (!this.accepting) {
      throw new AppError(503, errorCodes.busy, 'Too much is waiting to be stored.', { retryAfterSeconds: 2 });
    }
    const receivedAt = this.clock.date();
    const stored = await Promise.all(events.map((event) => this.take(event, receivedAt)));
    return events.filter((_, index) => !stored[index]);
  }

  private async take(event: InboundEvent, receivedAt: Date): Promise<boolean> {
    switch (event.kind) {
      case 'message':
        return this.messages.add({ ...event, receivedAt });
      case 'receipt':
        return this.receipts.add(event);
      case 'typing':
        await this.typing.fromCustomer(event);
        return true;
      case 'alias':
        await this.aliases.learn(event);
        return true;
      case 'file':
        // Whoever waits for the file asks for it; nothing hangs on this being told.
        return true;
    }
  }
}
