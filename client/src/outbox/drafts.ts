/** What stands in a composer and is not sent: kept here at once, and on the server a moment later. */
export interface DraftDoors {
  save: (conversationId: string, text: string, lastChance: boolean) => Promise<unknown>;
}

interface Draft {
  reply: string;
  note: string;
  tab: 'reply' | 'note';
  /** The reply as the server has it. */
  saved: string;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const REST_MS = 700;
const RETRY_MS = 5_000;

export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  constructor(private readonly doors: DraftDoors) {}

  /** The local text wins over the server's: it is never older than what this agent last typed here. */
  open(conversationId: string, fromServer: string): Readonly<Draft> {
    const known = this.drafts.get(conversationId);
    if (known && known.reply !== known.saved) return known;
    const draft: Draft = {
      reply: fromServer,
      note: known?.note ?? '',
      tab: known?.tab ?? 'reply',
      saved: fromServer,
      timer: undefined,
    };
    this.drafts.set(conversationId, draft);
    return draft;
  }

  write(conversationId: string, change: Partial<Pick<Draft, 'reply' | 'note' | 'tab'>>): void {
    const draft = this.drafts.get(conversationId);
    if (!draft) return;
    Object.assign(draft, change);
    if (change.reply !== undefined) this.saveSoon(conversationId, draft, REST_MS);
  }

  /** Leaving the conversation, or the page. */
  flush(conversationId: string, lastChance = false): void {
    const draft = this.drafts.get(conversationId);
    if (draft) void this.save(conversationId, draft, lastChance);
  }

  flushAll(): void {
    for (const conversationId of this.drafts.keys()) this.flush(conversationId, true);
  }

  clear(): void {
    for (const draft of this.drafts.values()) clearTimeout(draft.timer);
    this.drafts.clear();
  }

  private saveSoon(conversationId: string, draft: Draft, rest: number): void {
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => void this.save(conversationId, draft, false), rest);
  }

  private async save(conversationId: string, draft: Draft, lastChance: boolean): Promise<void> {
    clearTimeout(draft.timer);
    const text = draft.reply;
    if (text === draft.saved || this.drafts.get(conversationId) !== draft) return;
    try {
      await this.doors.save(conversationId, text, lastChance);
      draft.saved = text;
    } catch {
      if (this.drafts.get(conversationId) === draft) this.saveSoon(conversationId, draft, RETRY_MS);
    }
  }
}
