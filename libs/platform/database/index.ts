export { DatabaseAddress, DatabaseModule, type DatabaseOptions } from './database.module.js';
export { openDataSource } from './data-source.js';
export { migrate } from './migrate.js';
export type { Schema } from './schema.js';
export { Transactions, type LastStatement, type Tx } from './transactions.js';
