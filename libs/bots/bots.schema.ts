import type { Schema } from '#libs/platform/database/index.js';
import { Bots1764400022000 } from './bots.migration.js';

export const botsSchema: Schema = {
  entities: [],
  migrations: [Bots1764400022000],
};
