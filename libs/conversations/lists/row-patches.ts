import type { ConversationRow } from '#libs/contracts/index.js';

/** A row rests this long after a patch. Much longer, and lists would lag behind threads, which show every message at once. */
const FIRST_REST_MS = 30;
/** A row that keeps changing while it rests comes to rest this long. */
const LONGEST_REST_MS = 150;
/** After its last patch it is known this long which version went out. */
const REMEMBERED_MS = 150;

interface Patched {
  version: number;
  /** What came during the rest; undefined when it is over. */
  rest: { next: (() => void) | null } | undefined;
  timer: NodeJS.Timeout;
}

type Version = Pick<ConversationRow, 'id' | 'version'>;

/**
 * Rows on their way to lists. The first change of a row goes out at once; what follows within the rest is kept, the
 * newest only, and goes out when it is over: a burst of messages is two patches, not fifty. A rest in which something had
 * to be kept is followed by one twice as long; the next quiet one ends that.
 */
export class RowPatches {
  private readonly patched = new Map<string, Patched>();

  patch(row: ConversationRow, send: () => void): void {
    const last = this.patched.get(row.id);
    if (last && row.version <= last.version) return;
    if (last?.rest) {
      last.rest.next = send;
      last.version = row.version;
    } else this.now(row, send);
  }

  /** Who may see it has changed: nothing older may follow. */
  now(row: ConversationRow, send: () => void): void {
    this.forget(row.id);
    send();
    this.begin(row, FIRST_REST_MS);
  }

  /** Something newer has gone out already. */
  isStale(row: ConversationRow): boolean {
    return row.version < (this.patched.get(row.id)?.version ?? 0);
  }

  close(): void {
    for (const id of this.patched.keys()) this.forget(id);
  }

  private begin({ id, version }: Version, restMs: number): void {
    const timer = setTimeout(() => this.end(id, restMs), restMs);
    this.patched.set(id, { version, rest: { next: null }, timer });
  }

  private end(id: string, restMs: number): void {
    const last = this.patched.get(id);
    if (!last) return;
    if (last.rest?.next) {
      last.rest.next();
      return this.begin({ id, version: last.version }, Math.min(2 * restMs, LONGEST_REST_MS));
    }
    last.rest = undefined;
    last.timer = setTimeout(() => this.patched.delete(id), REMEMBERED_MS - restMs);
  }

  private forget(id: string): void {
    clearTimeout(this.patched.get(id)?.timer);
    this.patched.delete(id);
  }
}
