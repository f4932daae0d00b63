import type { Schema } from '#libs/platform/database/index.js';
import { Bots1764400022000 } from './bots.migration.js';
import { BotDoors1764400024000 } from './doors.migration.js';
import { Faq1764400023000 } from './faq/faq.migration.js';

export const botsSchema: Schema = {
  entities: [],
  migrations: [Bots1764400022000, Faq1764400023000, BotDoors1764400024000],
};
