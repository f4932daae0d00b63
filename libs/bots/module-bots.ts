import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Bot } from './bot.js';
import { BotKinds } from './bot-kinds.js';
import { Bots } from './bots.service.js';

export const MODULE_BOTS = Symbol('bots of modules');
const key = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Bots that stand in the console's own code: each has its row from the first start on, and answers where it is listed. */
@Injectable()
export class ModuleBots implements OnModuleInit, OnApplicationBootstrap {
  private readonly byKey = new Map<string, Bot>();

  constructor(
    @Inject(MODULE_BOTS) listed: readonly Bot[],
    private readonly kinds: BotKinds,
    private readonly bots: Bots,
  ) {
    for (const bot of listed) {
      if (!key.test(bot.key)) throw new Error(`${bot.constructor.name} has a key that is none: ${bot.key}`);
      if (this.byKey.has(bot.key)) throw new Error(`Two bots have the key ${bot.key}.`);
      this.byKey.set(bot.key, bot);
    }
  }

  onModuleInit(): void {
    this.kinds.register('module', { make: (row) => this.byKey.get(row.key) ?? null });
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const [known, bot] of this.byKey)
      await this.bots.ensure({ key: known, kind: 'module', name: bot.name ?? known });
  }
}
