import { Module, type DynamicModule, type ModuleMetadata, type OnModuleInit, type Type } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { AgentsModule } from '#libs/agents/index.js';
import { BotFacts, ConversationsModule } from '#libs/conversations/index.js';
import { RoutingModule } from '#libs/routing/index.js';
import { AccountDesks } from './account-bots.service.js';
import { Asking } from './asking.js';
import { BotBook } from './bot-book.js';
import { BotCircuits } from './bot-circuits.js';
import { BotKinds } from './bot-kinds.js';
import { BotNumbersBook } from './bot-numbers.js';
import type { Bot } from './bot.js';
import { BotConversationsController } from './bot-conversations.controller.js';
import { BotsController } from './bots.controller.js';
import { Bots } from './bots.service.js';
import { doors, doorControllers } from './doors.js';
import { FaqBot } from './faq/faq-bot.js';
import { FaqController } from './faq/faq.controller.js';
import { FaqEntries } from './faq/faq-entries.service.js';
import { FaqImports } from './faq/faq-import.js';
import { FaqKnowledge } from './faq/faq-knowledge.js';
import { FaqQuestions } from './faq/faq-questions.js';
import { FaqTrials } from './faq/faq-trials.js';
import { HandOffs } from './hand-offs.js';
import { Ideas } from './ideas.js';
import { MODULE_BOTS, ModuleBots } from './module-bots.js';
import { QuietContacts } from './quiet-contacts.js';
import { ReturnToBot } from './return-to-bot.js';
import { TurnEnds } from './turn-ends.js';
import { TurnPages } from './turn-pages.js';
import { TurnReader } from './turn-reader.js';
import { Turns } from './turns.js';

export interface BotsOptions {
  /** Providers that answer; each is made by Nest, and may ask for whatever `imports` bring. */
  bots: readonly Type<Bot>[];
  imports?: ModuleMetadata['imports'];
}

/** よくある質問: what an account knows, and the bot that answers from it. */
const faq = [FaqBot, FaqEntries, FaqImports, FaqKnowledge, FaqQuestions, FaqTrials];

@Module({
  imports: [AccountsModule, AgentsModule, ConversationsModule, RoutingModule],
  controllers: [BotsController, BotConversationsController, FaqController, ...doorControllers],
  providers: [
    AccountDesks,
    Asking,
    BotBook,
    BotCircuits,
    BotKinds,
    BotNumbersBook,
    Bots,
    HandOffs,
    Ideas,
    ModuleBots,
    QuietContacts,
    ReturnToBot,
    TurnEnds,
    TurnPages,
    TurnReader,
    Turns,
    ...doors,
    ...faq,
  ],
  exports: [BotBook, BotKinds, Bots, FaqEntries],
})
export class BotsModule implements OnModuleInit {
  constructor(
    private readonly facts: BotFacts,
    private readonly book: BotBook,
    private readonly handOffs: HandOffs,
  ) {}

  onModuleInit(): void {
    this.facts.register({
      handOffOf: (contactId) => this.handOffs.ofContact(contactId),
      botsOf: async (accountId) =>
        (await this.book.current())
          .ofAccount(accountId)
          .map(({ id, name, answers }) => ({ id, name, ideas: answers.ideas !== undefined })),
    });
  }

  /** Whoever stands in the list may be given a place at an account; see docs/bots.md. */
  static register({ bots, imports = [] }: BotsOptions): DynamicModule {
    return {
      module: BotsModule,
      imports,
      providers: [...bots, { provide: MODULE_BOTS, useFactory: (...made: Bot[]) => made, inject: [...bots] }],
    };
  }
}
