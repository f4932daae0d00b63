import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Announcements } from '#libs/platform/realtime/index.js';
import type { MessageRow } from './message-row.js';
import type { ThreadRow } from './thread-row.js';

type Heard = (threads: ThreadRow[]) => void | Promise<void>;

/** After commit, on the node that stored them: conversations in which a customer has just said something. */
@Injectable()
export class CustomerWords implements OnModuleInit {
  private readonly handlers: Heard[] = [];

  constructor(private readonly announcements: Announcements) {}

  onModuleInit(): void {
    this.announcements.on('conversations', (_, origin, memory) => {
      if (origin !== 'here') return undefined;
      const threads = (memory as { row: ThreadRow; messages: MessageRow[] }[])
        .filter(({ messages }) => messages.some(saidByCustomer))
        .map(({ row }) => row);
      return threads.length === 0 ? undefined : Promise.all(this.handlers.map((handler) => handler(threads))).then();
    });
  }

  onHeard(handler: Heard): void {
    this.handlers.push(handler);
  }
}

/** A change of an old message (its file was copied, say) is no new word. */
function saidByCustomer({ kind, author_kind, created_at }: MessageRow): boolean {
  return kind === 'message' && author_kind === 'customer' && created_at !== undefined;
}
