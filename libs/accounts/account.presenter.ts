import type { AccountView, ConnectionView } from '#libs/contracts/index.js';
import type { Account } from './account.entity.js';
import type { CarrierConnection } from './carrier-connection.entity.js';

export function toAccountView(account: Account, connections: CarrierConnection[], publicUrl: string): AccountView {
  return {
    id: account.id,
    name: account.name,
    description: account.description,
    logoUrl: account.logoUrl,
    verified: account.verified,
    connections: connections.map((connection) => toConnectionView(connection, publicUrl)),
  };
}

export function toConnectionView(connection: CarrierConnection, publicUrl: string): ConnectionView {
  return {
    id: connection.id,
    accountId: connection.accountId,
    wire: connection.wire,
    connectionKey: connection.connectionKey,
    webhookUrl: `${publicUrl}/carrier/${connection.wire}/${connection.connectionKey}`,
    settings: connection.settings,
    active: connection.active,
  };
}
