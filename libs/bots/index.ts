export type { Bot, BotDesk } from './bot.js';
export { BotKinds, type BotRoom, type StoredBot } from './bot-kinds.js';
export { KnowledgeSources, type Knowledge, type KnowledgeSource } from './knowledge.js';
export { Bots } from './bots.service.js';
export { BotsModule, type BotsOptions } from './bots.module.js';
export { botsSchema } from './bots.schema.js';
