import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WaitingRoom } from '#libs/conversations/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Engine } from './engine.js';
import { Intake } from './intake.js';
import { Matcher } from './matcher.js';
import { QueueStore } from './queue-store.js';

const EVERY_MS = 5_000;
/** What is younger may be on its way on another node right now. */
const OVERLOOKED_MS = 2_000;
const SECOND_LOOK_MS = 1_000;

/** A safety net under the events. If it ever finds work, an event was missing: that is a defect, and is logged as one. */
@Injectable()
export class Sweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private closing = false;
  private readonly found;

  constructor(
    private readonly dataSource: DataSource,
    private readonly waiting: WaitingRoom,
    private readonly store: QueueStore,
    private readonly intake: Intake,
    private readonly matcher: Matcher,
    private readonly engine: Engine,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.found = metrics.counter('madoguchi_routing_overlooked_total', 'Contacts that only the safety sweep found');
  }

  onApplicationBootstrap(): void {
    this.next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private next(): void {
    if (this.closing) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep().then(() => this.next());
    }, EVERY_MS);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    try {
      if (!this.engine.idle) return;
      const late = await this.lateArrivals();
      if (late > 0) {
        this.defect({ late, what: 'arrivals' });
        await this.intake.take();
      }
      const book = await this.store.current();
      const components = new Set([...book.all].map(({ id }) => book.component(id)));
      for (const queueIds of components) {
        const overlooked = this.closing ? 0 : await this.overlooked(queueIds);
        if (overlooked === 0) continue;
        this.defect({ placed: overlooked, queueIds });
        this.engine.wake(queueIds);
      }
    } catch (fault) {
      if (!this.closing) this.log.warn({ err: fault }, 'the safety sweep could not look');
    }
  }

  /** Nobody has looked at them, and a second later at none of them: on a busy day they are only late. */
  private async lateArrivals(): Promise<number> {
    const first = await this.waiting.overlooked((await this.store.current()).ids, OVERLOOKED_MS);
    if (first.length === 0) return 0;
    await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
    const second = await this.waiting.overlooked((await this.store.current()).ids, OVERLOOKED_MS);
    return this.engine.idle && first.every((id) => second.includes(id)) ? first.length : 0;
  }

  /** What could be placed, and a second later still could, while no node placed anything there: nobody is at it. */
  private async overlooked(queueIds: readonly string[]): Promise<number> {
    const first = await this.matcher.look(await this.store.current(), queueIds);
    if (first.length === 0) return 0;
    const [{ at } = { at: '' }] = await this.dataSource.query<{ at: string }[]>('select clock_timestamp()::text as at');
    await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
    const second = await this.matcher.look(await this.store.current(), queueIds);
    const [busy] = await this.dataSource.query<unknown[]>(
      'select from decisions where queue_id = any($1::bigint[]) and at >= $2::timestamptz limit 1',
      [queueIds, at],
    );
    return busy !== undefined || !this.engine.idle ? 0 : first.filter((id) => second.includes(id)).length;
  }

  private defect(fields: { late?: number; placed?: number; what?: string; queueIds?: readonly string[] }): void {
    this.found.inc(fields.late ?? fields.placed ?? 1);
    this.log.error(fields, 'defect: the safety sweep found work that an event should have brought');
  }
}
