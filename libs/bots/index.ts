export type { Bot, BotDesk } from './bot.js';
export { BotKinds, type BotRoom, type StoredBot } from './bot-kinds.js';
export { KnowledgeSources, type Knowledge, type KnowledgeSource } from './knowledge.js';
export { Bots } from './bots.service.js';
export { BotsModule, type BotsOptions } from './bots.module.js';
export { botsSchema } from './bots.schema.js';
export { FaqBot } from './faq/faq-bot.js';
export { FaqEntries } from './faq/faq-entries.service.js';
