export type { Bot, BotDesk } from './bot.js';
