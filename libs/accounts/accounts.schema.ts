import type { Schema } from '#libs/platform/database/index.js';
import { Account } from './account.entity.js';
import { Accounts1764000001000 } from './accounts.migration.js';
import { CarrierConnection } from './carrier-connection.entity.js';

export const accountsSchema: Schema = {
  entities: [Account, CarrierConnection],
  migrations: [Accounts1764000001000],
};
