import { Module, type DynamicModule, type ModuleMetadata, type Type } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { AgentsModule } from '#libs/agents/index.js';
import { ConversationsModule } from '#libs/conversations/index.js';
import { RoutingModule } from '#libs/routing/index.js';
import { AccountDesks } from './account-bots.service.js';
import { BotBook } from './bot-book.js';
import { BotCircuits } from './bot-circuits.js';
import { BotKinds } from './bot-kinds.js';
import { BotNumbersBook } from './bot-numbers.js';
import type { Bot } from './bot.js';
import { doors, doorControllers } from './doors.js';
import { BotsController } from './bots.controller.js';
import { Bots } from './bots.service.js';
import { MODULE_BOTS, ModuleBots } from './module-bots.js';

export interface BotsOptions {
  /** Providers that answer; each is made by Nest, and may ask for whatever `imports` bring. */
  bots: readonly Type<Bot>[];
  imports?: ModuleMetadata['imports'];
}

@Module({
  imports: [AccountsModule, AgentsModule, ConversationsModule, RoutingModule],
  controllers: [BotsController, ...doorControllers],
  providers: [AccountDesks, BotBook, BotCircuits, BotKinds, BotNumbersBook, Bots, ModuleBots, ...doors],
  exports: [BotBook, BotKinds, Bots],
})
export class BotsModule {
  /** Whoever stands in the list may be given a place at an account; see docs/bots.md. */
  static register({ bots, imports = [] }: BotsOptions): DynamicModule {
    return {
      module: BotsModule,
      imports,
      providers: [...bots, { provide: MODULE_BOTS, useFactory: (...made: Bot[]) => made, inject: [...bots] }],
    };
  }
}
