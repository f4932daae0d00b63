import type { Log } from '#libs/platform/telemetry/index.js';

interface Waiting<T> {
  item: T;
  done: () => void;
  failed: (fault: unknown) => void;
}

/**
 * Gathers what arrives while the previous batch is being stored, and stores it as one. A batch that fails is tried once
 * more as it is (another node may have stored the same message meanwhile), then halved until the one item that cannot
 * be stored stands alone: it fails, the others do not.
 */
export class Lane<T> {
  private queue: Waiting<T>[] = [];
  private running = false;

  /** @param store takes all of them or none */
  constructor(
    private readonly store: (items: T[]) => Promise<void>,
    private readonly limit: number,
    private readonly log: Log,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves when the item is stored. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.queue.push({ item, done, failed });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.limit);
      await this.storeOrHalve(batch, 0);
    }
    this.running = false;
  }

  private async storeOrHalve(batch: Waiting<T>[], tries: number): Promise<void> {
    try {
      await this.store(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (fault) {
      if (tries === 0) return this.storeOrHalve(batch, 1);
      if (batch.length === 1) {
        this.log.error({ err: fault }, 'an event could not be stored');
        return batch[0]!.failed(fault);
      }
      const middle = Math.ceil(batch.length / 2);
      await this.storeOrHalve(batch.slice(0, middle), 1);
      await this.storeOrHalve(batch.slice(middle), 1);
    }
  }
}
