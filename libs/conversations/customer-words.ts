import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Announcements } from '#libs/platform/realtime/index.js';
import type { Standing } from './conversation-access.js';
import type { MessageRow } from './message-row.js';
import type { ThreadRow } from './thread-row.js';

export interface Word {
  conversationId: string;
  accountId: string;
  assigneeId: string | null;
  /** Whoever had it last; with neither, nobody ever had it. */
  lastAssigneeId: string | null;
}

type Handler = (words: Word[]) => void;
/** What the news of a conversation remember at the node that wrote them. */
type Memory =
  | { row: Pick<ThreadRow, 'account_id' | 'assignee_id' | 'last_assignee_id'>; messages: MessageRow[] }
  | { standing: Standing };

/** After commit, on the node that stored them: conversations in which a customer has just said something. */
@Injectable()
export class CustomerWords implements OnModuleInit {
  private readonly handlers: Handler[] = [];

  constructor(private readonly announcements: Announcements) {}

  onModuleInit(): void {
    this.announcements.on('conversations', (refs, origin, memory) => {
      if (origin !== 'here' || this.handlers.length === 0) return;
      const words = refs.flatMap((ref, index) => {
        const known = memory[index] as Memory;
        const conversationId = (ref as { id: string }).id;
        // Whole rows are of everybody who writes; only the inbox writes what nobody here looks at.
        if ('standing' in known) return [{ conversationId, ...known.standing }];
        if (!known.messages.some(isCustomers)) return [];
        const { account_id: accountId, assignee_id: assigneeId, last_assignee_id: lastAssigneeId } = known.row;
        return [{ conversationId, accountId, assigneeId, lastAssigneeId }];
      });
      if (words.length > 0) for (const handler of this.handlers) handler(words);
    });
  }

  onHeard(handler: Handler): void {
    this.handlers.push(handler);
  }
}

function isCustomers({ kind, author_kind }: MessageRow): boolean {
  return kind === 'message' && author_kind === 'customer';
}
