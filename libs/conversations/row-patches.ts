import type { ConversationRow } from '#libs/contracts/index.js';

/** A list shows no more than this many changes of one row a second; threads show every message at once. */
const REST_MS = 150;

/**
 * Rows on their way to lists. The first change of a row goes out at once; what follows within the rest is kept, the
 * newest only, and goes out when it is over: a burst of messages is two patches, not fifty.
 */
export class RowPatches {
  private readonly resting = new Map<string, { timer: NodeJS.Timeout; next: (() => void) | null; version: number }>();

  patch(row: ConversationRow, send: () => void): void {
    const rest = this.resting.get(row.id);
    if (!rest) {
      send();
      this.begin(row);
    } else if (row.version > rest.version) {
      rest.next = send;
      rest.version = row.version;
    }
  }

  /** Who may see it has changed: nothing older may follow. */
  now(row: ConversationRow, send: () => void): void {
    this.end(row.id);
    send();
    this.begin(row);
  }

  /** Something newer has gone out already. */
  isStale(row: ConversationRow): boolean {
    return row.version < (this.resting.get(row.id)?.version ?? 0);
  }

  close(): void {
    for (const id of this.resting.keys()) this.end(id);
  }

  private begin(row: ConversationRow): void {
    const timer = setTimeout(() => {
      const rest = this.resting.get(row.id);
      this.resting.delete(row.id);
      if (!rest?.next) return;
      rest.next();
      this.begin({ ...row, version: rest.version });
    }, REST_MS);
    this.resting.set(row.id, { timer, next: null, version: row.version });
  }

  private end(id: string): void {
    const rest = this.resting.get(id);
    if (rest) clearTimeout(rest.timer);
    this.resting.delete(id);
  }
}
