import { Account } from './account.entity.js';
import { Accounts1764000001000 } from './accounts.migration.js';
import { CarrierConnection } from './carrier-connection.entity.js';

export const accountsSchema = {
  entities: [Account, CarrierConnection],
  migrations: [Accounts1764000001000],
};
