import type { Journal } from '../journal.js';
import type { Live } from '../live.js';
import { Problem } from '../problem.js';
import type { SimBot } from './bot.js';

/** What a handset may know of an official account. */
export interface BotView {
  botId: string;
  name: string;
  description: string;
  logoUrl: string | null;
  verified: boolean;
  menu: unknown;
}

export class Bots {
  private readonly bots = new Map<string, SimBot>();

  constructor(
    private readonly journal: Journal,
    private readonly live: Live,
  ) {
    for (const bot of journal.kept<SimBot>('bot')) this.bots.set(bot.botId, bot);
  }

  put(bot: SimBot): void {
    this.bots.set(bot.botId, bot);
    this.journal.put('bot', bot.botId, bot);
    this.live.tell({ event: 'bot', botId: bot.botId, data: presentBot(bot) });
  }

  find(botId: string): SimBot | undefined {
    return this.bots.get(botId);
  }

  get(botId: string): SimBot {
    const bot = this.bots.get(botId);
    if (!bot) {
      throw new Problem(404, 'not_found', `There is no official account ${botId}`, [
        { field: 'botId', message: 'botId must be a registered official account' },
      ]);
    }
    return bot;
  }

  all(): SimBot[] {
    return [...this.bots.values()];
  }
}

export function presentBot(bot: SimBot): BotView {
  return {
    botId: bot.botId,
    name: bot.name,
    description: bot.description ?? '',
    logoUrl: bot.logoUrl ?? null,
    verified: bot.verified,
    menu: bot.menu ?? null,
  };
}
