import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Settings } from '#libs/platform/settings/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { BotKinds } from '../bot-kinds.js';
import { checkedAddress, refuseOthers } from '../http/bot-address.js';
import { KnowledgeSources } from '../knowledge.js';
import { OpenAiBot, type OpenAiSettings } from './openai-bot.js';

const limits = { model: 100, instructions: 4000 };

/** Answers for bots of the kind `openai`. There is none until somebody makes one. */
@Injectable()
export class OpenAiBots implements OnModuleInit {
  constructor(
    private readonly kinds: BotKinds,
    private readonly knowledge: KnowledgeSources,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    const { botsInside } = this.settings;
    this.kinds.register('openai', {
      secret: 'given',
      settings: (given, before) => {
        refuseOthers(given, ['baseUrl', 'model', 'instructions']);
        const all = { instructions: '', ...before, ...given };
        const baseUrl = checkedAddress('settings.baseUrl', all['baseUrl' as keyof typeof all], botsInside);
        const settings: OpenAiSettings = {
          baseUrl,
          model: text('model', all['model' as keyof typeof all], 1),
          instructions: text('instructions', all.instructions, 0),
        };
        return { ...settings };
      },
      make: (row) => new OpenAiBot(row, this.knowledge, botsInside),
    });
  }
}

function text(name: keyof typeof limits, given: unknown, least: number): string {
  const field = `settings.${name}`;
  if (typeof given !== 'string' || given.trim().length < least)
    throw invalid([{ field, rule: 'required', message: 'It must be a text.' }]);
  const [limit, actual] = [limits[name], given.length];
  if (actual > limit)
    throw invalid([
      { field, rule: 'tooLong', message: `It has ${actual} characters; ${limit} are allowed.`, limit, actual },
    ]);
  return given.trim();
}
