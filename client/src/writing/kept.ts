/** So many are enough: each can be taken back for some seconds only. */
const MOST = 20;

/**
 * What one sent, as it stood before it was sent, for as long as it can be taken back: what comes back from the server has its
 * card numbers covered, and no file.
 */
export class Kept<T> {
  private readonly things = new Map<string, T>();

  keep(name: string, thing: T): void {
    this.things.set(name, thing);
    for (const oldest of this.things.keys()) {
      if (this.things.size <= MOST) break;
      this.things.delete(oldest);
    }
  }

  take(name: string): T | undefined {
    const thing = this.things.get(name);
    this.things.delete(name);
    return thing;
  }

  clear(): void {
    this.things.clear();
  }
}
