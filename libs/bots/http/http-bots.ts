import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Settings } from '#libs/platform/settings/index.js';
import { BotKinds } from '../bot-kinds.js';
import { AwaitedAnswers } from './awaited-answers.js';
import { checkedAddress, refuseOthers } from './bot-address.js';
import { HttpBot } from './http-bot.js';

/** Answers for bots of the kind `http`. */
@Injectable()
export class HttpBots implements OnModuleInit {
  constructor(
    private readonly kinds: BotKinds,
    private readonly awaited: AwaitedAnswers,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    const { botsInside } = this.settings;
    this.kinds.register('http', {
      secret: 'made',
      settings: (given, before) => {
        refuseOthers(given, ['url']);
        return { url: checkedAddress('settings.url', given['url'] ?? before?.['url'], botsInside) };
      },
      make: (row) => new HttpBot(row, this.awaited, botsInside),
    });
  }
}
