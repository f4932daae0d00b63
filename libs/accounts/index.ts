export { Account } from './account.entity.js';
export { toAccountView, toConnectionView } from './account.presenter.js';
export { AccountsModule } from './accounts.module.js';
export { accountsSchema } from './accounts.schema.js';
export { Accounts } from './accounts.service.js';
export type { AccountChanged } from './accounts.service.js';
export { CarrierConnection } from './carrier-connection.entity.js';
export { Connections } from './connections.service.js';
export type { Connection } from './connections.service.js';
