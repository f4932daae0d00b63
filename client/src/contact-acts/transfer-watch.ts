import type { ConversationRow, OfferOutcome } from '#libs/contracts/index.js';

interface Asked {
  version: number;
  contactId: string;
  agentId: string;
  row: ConversationRow;
}

/** How it ended; `left`: the conversation is no longer hers to see, so what became of it is not known here. */
export type TransferEnd = OfferOutcome | 'left';

export interface TransferDoors {
  me: () => string | null;
  /** How the newest question to this person ended; null when that cannot be said. */
  outcome: (conversationId: string, contactId: string, agentId: string) => Promise<OfferOutcome | null>;
  tell: (end: TransferEnd, agentId: string, row: ConversationRow) => void;
}

/**
 * Whoever handed a contact over is told what became of it, also when she is busy with another customer by then. Rows say
 * only that nobody is being asked any longer; whether she declined or did not answer stands in the decision.
 */
export class TransferWatch {
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly doors: TransferDoors) {}

  /** A row as it is now, from wherever it came. */
  see(row: ConversationRow): void {
    const before = this.asked.get(row.id);
    if (before && row.version < before.version) return;
    const me = this.doors.me();
    const { contact } = row;
    if (contact?.assignee && contact.assignee.id === me && contact.offeredTo !== null) {
      const { version } = row;
      this.asked.set(row.id, { version, contactId: contact.id, agentId: contact.offeredTo, row });
      return;
    }
    if (!before || !this.asked.delete(row.id)) return;
    if (contact?.id !== before.contactId) return;
    if (contact.assignee?.id === before.agentId) return this.doors.tell('accepted', before.agentId, row);
    if (contact.assignee?.id === me) void this.ask(before);
  }

  /** No longer hers to see. */
  gone(conversationId: string): void {
    const before = this.asked.get(conversationId);
    if (before && this.asked.delete(conversationId)) this.doors.tell('left', before.agentId, before.row);
  }

  /** She took the question back herself: nobody need tell her. */
  forget(conversationId: string): void {
    this.asked.delete(conversationId);
  }

  clear(): void {
    this.asked.clear();
  }

  private async ask({ row, contactId, agentId }: Asked): Promise<void> {
    const outcome = await this.doors.outcome(row.id, contactId, agentId).catch(() => null);
    if (outcome !== null) this.doors.tell(outcome, agentId, row);
  }
}
