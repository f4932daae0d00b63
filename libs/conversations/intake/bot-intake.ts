import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/platform/database/index.js';

type Hook = (tx: Tx, conversationIds: readonly string[]) => Promise<void>;

/** Inside the transaction of the inbox: these conversations are a bot's now, and have new words. Whoever runs bots registers here. */
@Injectable()
export class BotIntake {
  private hook: Hook | null = null;

  /** @param hook adds jobs and does nothing else: every message of the batch waits for it */
  register(hook: Hook): void {
    if (this.hook !== null) throw new Error('Two libs want to run bots.');
    this.hook = hook;
  }

  /** Nobody runs bots: they stay unanswered until a person looks. */
  async heard(tx: Tx, conversationIds: readonly string[]): Promise<void> {
    await this.hook?.(tx, conversationIds);
  }
}
