import { errorCodes } from '#libs/contracts/index.js';
import { AppError, type Log } from '#libs/platform/telemetry/index.js';

interface Waiting<T> {
  item: T;
  done: (stored: boolean) => void;
  failed: (fault: unknown) => void;
}

/**
 * Gathers what arrives while the previous batch is being stored, and stores it as one: no timer, no wait when idle. While
 * one batch is being committed, the next is written: it begins when all rows of the one before are locked, so order
 * holds, and at most these two are under way.
 * A batch that fails for what is in it is tried once more as it is (another node may have stored the same message
 * meanwhile), then halved until the one item that cannot be stored stands alone: it is set aside, the others are stored.
 * A batch that fails for any other reason (the database is away) is nobody's fault: all of it is refused, to come again.
 */
export class Lane<T> {
  private queue: Waiting<T>[] = [];
  private running = false;

  /** @param store takes all of them or none, and says when nothing but the commit is left */
  constructor(
    private readonly store: (items: T[], onWritten: () => void) => Promise<void>,
    private readonly limit: number,
    private readonly log: Log,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves with true when the item is stored, with false when it can never be. */
  add(item: T): Promise<boolean> {
    return new Promise((done, failed) => {
      this.queue.push({ item, done, failed });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    let before: Promise<unknown> = Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.limit);
      let stored: Promise<void>;
      const written = new Promise<void>((onWritten) => {
        stored = this.storeOrHalve(batch, 0, onWritten);
      });
      await Promise.race([stored!, Promise.all([written, before])]);
      before = Promise.all([before, stored!]);
    }
    this.running = false;
  }

  private async storeOrHalve(batch: Waiting<T>[], tries: number, onWritten: () => void): Promise<void> {
    try {
      await this.store(
        batch.map(({ item }) => item),
        onWritten,
      );
      for (const { done } of batch) done(true);
    } catch (fault) {
      if (!isAboutTheData(fault)) return this.refuse(batch, fault);
      if (tries === 0) return this.storeOrHalve(batch, 1, onWritten);
      if (batch.length === 1) {
        this.log.error({ err: fault }, 'an event cannot be stored and is set aside');
        return batch[0]!.done(false);
      }
      const middle = Math.ceil(batch.length / 2);
      // The half that comes first is not what the next batch may follow.
      await this.storeOrHalve(batch.slice(0, middle), 1, () => undefined);
      await this.storeOrHalve(batch.slice(middle), 1, onWritten);
    }
  }

  private refuse(batch: Waiting<T>[], fault: unknown): void {
    this.log.error({ err: fault, events: batch.length }, 'events could not be stored now');
    const again = { retryAfterSeconds: 2, cause: fault };
    const refusal = new AppError(503, errorCodes.busy, 'The event could not be stored now; send it again.', again);
    for (const { failed } of batch) failed(refusal);
  }
}

/** Classes of SQLSTATE that blame the rows: cardinality, data, integrity, a program's limit. */
function isAboutTheData(fault: unknown): boolean {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(21|22|23|54)/.test(code);
}
