import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/index.js';
import { BotKinds, type StoredBot } from '../bot-kinds.js';
import { FlowBot } from './flow-bot.js';
import { Flows } from './flows.service.js';

/** Answers for bots of the kind `flow`. */
@Injectable()
export class FlowBots implements OnModuleInit {
  constructor(
    private readonly kinds: BotKinds,
    private readonly flows: Flows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.kinds.register('flow', { make: (row) => new FlowBot(row, this.flows, () => this.clock.date()) });
  }

  /** As one version of it was, whatever has been saved since. */
  pinned(bot: StoredBot, version: number): FlowBot {
    return new FlowBot(bot, this.flows, () => this.clock.date(), version);
  }
}
