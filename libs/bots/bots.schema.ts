import type { Schema } from '#libs/platform/database/index.js';
import { Bots1764400022000 } from './bots.migration.js';
import { BotDoors1764400024000 } from './doors.migration.js';

export const botsSchema: Schema = {
  entities: [],
  migrations: [Bots1764400022000, BotDoors1764400024000],
};
