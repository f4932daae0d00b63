import type { ConversationRow, SignalKind } from '#libs/contracts/index.js';

/** What of a row is compared with how it was last. */
interface Seen {
  seq: number;
  state: string | null;
  mine: boolean;
}

export interface RowNewsDoors {
  me: () => string | null;
  /** Whether this queue is one of hers. */
  inTeam: (queueId: string) => boolean;
  tell: (kind: SignalKind, row: ConversationRow) => void;
  after: (milliseconds: number, work: () => void) => void;
}

/** So long a contact has to wait before nobody is free for it: whoever is free is asked within half a second. */
export const NOBODY_FREE_MS = 2_500;
const REMEMBERED = 1_000;

/**
 * Hears rows change and tells what is news to one agent: a message in her own conversation, a contact of her team that nobody is
 * free for, something she put aside that is due. What was there before is no news.
 */
export class RowNews {
  private readonly seen = new Map<string, Seen>();
  private readonly rows = new Map<string, ConversationRow>();

  constructor(private readonly doors: RowNewsDoors) {}

  /** A row as a list or an answer brought it: known from now on, but no news. */
  know(row: ConversationRow): void {
    if (!this.seen.has(row.id)) this.remember(row);
  }

  see(row: ConversationRow): void {
    const before = this.seen.get(row.id);
    this.remember(row);
    const now = this.faceOf(row);
    const { lastMessage, contact } = row;
    const isNew = before === undefined ? row.unread > 0 && now.seq > row.readSeq : now.seq > before.seq;
    if (now.mine && isNew && lastMessage?.author === 'customer') return this.doors.tell('message', row);
    if (now.mine && before?.state === 'snoozed' && now.state !== 'snoozed' && now.state !== 'closed') {
      return this.doors.tell('due', row);
    }
    if (now.state === 'queued' && before?.state !== 'queued' && before?.state !== 'offered' && contact !== null) {
      const { id } = contact;
      this.doors.after(NOBODY_FREE_MS, () => this.tellIfWaiting(row.id, id));
    }
  }

  gone(conversationId: string): void {
    this.seen.delete(conversationId);
    this.rows.delete(conversationId);
  }

  clear(): void {
    this.seen.clear();
    this.rows.clear();
  }

  private tellIfWaiting(conversationId: string, contactId: string): void {
    const row = this.rows.get(conversationId);
    const contact = row?.contact;
    if (!row || contact?.id !== contactId || contact.state !== 'queued' || contact.queueId === null) return;
    if (this.doors.inTeam(contact.queueId)) this.doors.tell('queue', row);
  }

  private faceOf({ lastMessage, contact }: ConversationRow): Seen {
    const me = this.doors.me();
    return {
      seq: lastMessage?.seq ?? 0,
      state: contact?.state ?? null,
      mine: me !== null && contact?.assignee?.id === me,
    };
  }

  private remember(row: ConversationRow): void {
    this.gone(row.id);
    this.seen.set(row.id, this.faceOf(row));
    this.rows.set(row.id, row);
    const oldest = this.seen.size > REMEMBERED ? this.seen.keys().next() : undefined;
    if (oldest && !oldest.done) this.gone(oldest.value);
  }
}
