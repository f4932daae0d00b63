import { Injectable } from '@nestjs/common';
import type { BotKind } from '#libs/contracts/index.js';
import type { Bot } from './bot.js';

/** A bot as the database has it. */
export interface StoredBot {
  id: string;
  key: string;
  kind: BotKind;
  name: string;
  enabled: boolean;
  settings: Record<string, unknown>;
  hasSecret: boolean;
  /** Rises whenever something of it is changed. */
  version: number;
  createdAt: Date;
  /** Its secret, opened; null: it has none. Asked for when it is needed, and never logged. */
  secret(): string | null;
}

/** How bots of one kind come to life; each room of this lib registers its own while the modules are set up. */
export interface BotRoom {
  /** `made`: the console makes it and shows it once; `given`: an administrator enters it. Left out: it has none. */
  secret?: 'made' | 'given';
  /**
   * Holds settings to their shape before they are stored, and fills what was left out.
   * @throws `invalid` naming `settings.…`
   */
  settings?(given: Record<string, unknown>, before: Record<string, unknown> | null): Record<string, unknown>;
  /** Once for each version of the row, on each node; null: nothing here can answer for it. */
  make(row: StoredBot): Bot | null;
}

/** Which room answers for which kind. */
@Injectable()
export class BotKinds {
  private readonly rooms = new Map<BotKind, BotRoom>();

  /**
   * @example
   * ```ts
   * onModuleInit(): void {
   *   this.kinds.register('http', { secret: 'made', settings: checked, make: (row) => new HttpBot(row, this.caller) });
   * }
   * ```
   */
  register(kind: BotKind, room: BotRoom): void {
    if (this.rooms.has(kind)) throw new Error(`Two rooms want to answer for bots of the kind ${kind}.`);
    this.rooms.set(kind, room);
  }

  of(kind: BotKind): BotRoom | undefined {
    return this.rooms.get(kind);
  }
}
