interface Entry<V> {
  loading: Promise<V>;
  until: number;
  /** Set once loaded. */
  loaded?: { value: V };
}

/**
 * Remembers what was loaded for a few seconds, at most `size` things, and lets concurrent askers share one load.
 * A load that fails or finds nothing (`null`) is not remembered, or strangers could fill the memory with misses.
 *
 * The load itself is the entry: whoever forgets a key while its load is on the way also drops that load, so an answer
 * read before a change can never come back after the change was announced.
 */
export class ShortMemory<V> {
  private readonly entries = new Map<string, Entry<V>>();
  /** How often something was forgotten, so that whoever loads meanwhile can tell. */
  private forgotten = 0;

  constructor(
    private readonly ttlMs: number,
    private readonly size: number,
    private readonly now: () => number = Date.now,
  ) {}

  get(key: string, load: () => Promise<V>): Promise<V> {
    const known = this.entries.get(key);
    if (known !== undefined && known.until > this.now()) return known.loading;
    this.entries.delete(key);
    this.makeRoom();
    const entry: Entry<V> = { loading: load(), until: this.now() + this.ttlMs };
    this.entries.set(key, entry);
    entry.loading.then(
      (value) => (value === null ? this.drop(key, entry) : (entry.loaded = { value })),
      () => this.drop(key, entry),
    );
    return entry.loading;
  }

  /** As `get`, but loads again when something was forgotten meanwhile: the answer may be from before that change. */
  async getCurrent(key: string, load: () => Promise<V>): Promise<V> {
    for (;;) {
      const before = this.forgotten;
      const value = await this.get(key, load);
      if (before === this.forgotten) return value;
    }
  }

  forget(key: string): void {
    this.forgotten++;
    this.entries.delete(key);
  }

  /** Forgets what `gone` says, and every load that is still on its way: nobody knows yet what it will bring. */
  forgetWhere(gone: (value: V) => boolean): void {
    this.forgotten++;
    for (const [key, entry] of this.entries) {
      if (entry.loaded === undefined || gone(entry.loaded.value)) this.entries.delete(key);
    }
  }

  clear(): void {
    this.forgotten++;
    this.entries.clear();
  }

  get count(): number {
    return this.entries.size;
  }

  private drop(key: string, entry: Entry<V>): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
  }

  /** A Map keeps insertion order, so the first ones are the oldest. */
  private makeRoom(): void {
    for (const key of this.entries.keys()) {
      if (this.entries.size < this.size) return;
      this.entries.delete(key);
    }
  }
}
