import { Injectable } from '@nestjs/common';
import type { BotSummary, HandOffView } from '#libs/contracts/index.js';

interface Facts {
  /** What came with a contact from a bot. */
  handOffOf(contactId: string): Promise<HandOffView | null>;
  /** Who answers at an account before people do. */
  botsOf(accountId: string): Promise<BotSummary[]>;
}

/** What a screen shows of bots with a conversation. Whoever runs bots stands above this lib and registers here. */
@Injectable()
export class BotFacts {
  private facts: Facts | null = null;

  register(facts: Facts): void {
    if (this.facts !== null) throw new Error('Two libs want to tell of bots.');
    this.facts = facts;
  }

  async handOffOf(contactId: string | null): Promise<HandOffView | null> {
    return contactId === null ? null : ((await this.facts?.handOffOf(contactId)) ?? null);
  }

  async botsOf(accountId: string): Promise<BotSummary[]> {
    return (await this.facts?.botsOf(accountId)) ?? [];
  }
}
