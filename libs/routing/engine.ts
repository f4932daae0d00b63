import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Intake } from './intake.js';
import { Matcher, type Pass } from './matcher.js';
import { Movements } from './movements.js';
import { QueueStore } from './queue-store.js';
import { Signals } from './signals.js';

/** Somebody held a conversation for a moment; it is looked at again after so long. */
const AGAIN_MS = 20;
const RETRY_MS = 500;

/**
 * Turns wake-ups into passes. Each wake-up is followed by at least one look that began after it; however many come while
 * one is under way, they are answered by one more. There is no ticker: what is not woken does not move.
 */
@Injectable()
export class Engine implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private wanted = new Set<string>();
  private arrivals = false;
  private running: Promise<void> | null = null;
  private closing = false;
  private readonly laters = new Set<() => void>();
  private readonly seconds;
  private readonly placed;

  constructor(
    private readonly intake: Intake,
    private readonly matcher: Matcher,
    private readonly movements: Movements,
    private readonly store: QueueStore,
    private readonly signals: Signals,
    private readonly log: Log,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.seconds = metrics.histogram('madoguchi_routing_pass_seconds', 'Time of one look at what waits');
    this.placed = metrics.counter('madoguchi_routing_placed_total', 'Contacts offered or given by the engine');
  }

  onApplicationBootstrap(): void {
    this.signals.onHere(({ queues, accounts, agents }) => {
      if (accounts.length > 0) this.arrivals = true;
      for (const id of queues) this.wanted.add(id);
      for (const agent of agents) for (const id of this.store.known.ofAgent(agent)) this.wanted.add(id);
      if (queues.length > 0) this.arrivals = true;
      this.start();
    });
    this.signals.onGap(() => this.wakeAll());
    this.wakeAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const callOff of this.laters) callOff();
    await this.running;
  }

  get idle(): boolean {
    return this.running === null;
  }

  /** Resolves when nothing of it is under way. */
  async settled(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  wake(queueIds: Iterable<string>): void {
    for (const id of queueIds) this.wanted.add(id);
    this.start();
  }

  /** New contacts may have come. */
  wakeForArrivals(queueIds: Iterable<string>): void {
    this.arrivals = true;
    this.wake(queueIds);
  }

  /** After a start, or when something may have been missed. */
  wakeAll(): void {
    void this.store.current().then(
      (book) => this.wakeForArrivals([...book.all].map(({ id }) => id)),
      (fault: unknown) => this.failed(fault, []),
    );
  }

  private start(): void {
    if (this.running !== null || this.closing) return;
    this.running = this.run().finally(() => {
      this.running = null;
      if (!this.closing && (this.wanted.size > 0 || this.arrivals)) this.start();
    });
  }

  private async run(): Promise<void> {
    while ((this.wanted.size > 0 || this.arrivals) && !this.closing) {
      const wanted = new Set(this.wanted);
      this.wanted.clear();
      try {
        if (this.arrivals) {
          this.arrivals = false;
          for (const id of await this.intake.take()) wanted.add(id);
        }
        const book = await this.store.current();
        const components = new Map([...wanted].map((id) => book.component(id)).map((ids) => [ids[0], ids]));
        for (const ids of components.values()) if (ids.length > 0) await this.serve(ids);
      } catch (fault) {
        this.failed(fault, [...wanted]);
      }
    }
  }

  private async serve(queueIds: readonly string[]): Promise<void> {
    for (;;) {
      const book = await this.store.current();
      const done = this.seconds.startTimer();
      const pass: Pass = await this.matcher.pass(book, queueIds);
      done();
      this.placed.inc(pass.placed);
      for (const contact of pass.moves) await this.movements.overflow(contact);
      if (pass.busy) this.later(AGAIN_MS, queueIds);
      if (this.closing || !((pass.more && pass.placed > 0) || pass.moves.length > 0)) return;
    }
  }

  private later(ms: number, queueIds: readonly string[]): void {
    const callOff = this.clock.in(ms, () => {
      this.laters.delete(callOff);
      this.wakeForArrivals(queueIds);
    });
    this.laters.add(callOff);
  }

  private failed(fault: unknown, queueIds: readonly string[]): void {
    if (this.closing) return;
    this.log.error({ err: fault }, 'what waits could not be looked at; it is tried again');
    this.later(RETRY_MS, queueIds);
  }
}
