import { Injectable } from '@nestjs/common';

export interface Word {
  conversationId: string;
  accountId: string;
  assigneeId: string | null;
  /** Whoever had it last; with neither, nobody ever had it. */
  lastAssigneeId: string | null;
  /** A new contact began with it. */
  opened: boolean;
}

type Handler = (words: Word[]) => void;

/** After commit, on the node that stored them: conversations in which a customer has just said something. */
@Injectable()
export class CustomerWords {
  private readonly handlers: Handler[] = [];

  onHeard(handler: Handler): void {
    this.handlers.push(handler);
  }

  /** The inbox tells; one for each conversation of a batch. */
  heard(words: Word[]): void {
    for (const handler of this.handlers) handler(words);
  }
}
