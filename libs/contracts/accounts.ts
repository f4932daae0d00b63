export type Wire = 'maap' | 'cm' | 'rbm' | 'sms';

export interface AccountView {
  id: string;
  name: string;
  description: string;
  logoUrl: string | null;
  /** The carriers' review is done and their mark may be shown. */
  verified: boolean;
  connections: ConnectionView[];
}

/** Credentials never travel outwards. */
export interface ConnectionView {
  id: string;
  accountId: string;
  wire: Wire;
  /** The unguessable word in the webhook's path. */
  connectionKey: string;
  /** Where the carrier must post its events. */
  webhookUrl: string;
  settings: MaapSettings;
  active: boolean;
}

/** Not secret; see `MaapCredentials` for what is. */
export interface MaapSettings {
  /** Up to and including the bot API's root, e.g. `https://carrier.example/rcs/bot/v1`. */
  baseUrl: string;
  botId: string;
  /** Last part of the send path; some gateways want `messages/async`. */
  sendPath?: string;
  /** Full address of the token endpoint; left out with a static token. */
  tokenUrl?: string;
  /** Hosts (`name:port`) besides the one of `baseUrl` from which customers' files may be fetched. */
  mediaHosts?: string[];
  /**
   * Those of them (`name:port`) that may stand in a private network, as behind a line of one's own to the carrier. A host
   * written as an address, or as `localhost`, was meant so and needs no entry.
   */
  privateHosts?: string[];
}

export interface MaapCredentials {
  /** Static bearer token … */
  token?: string;
  /** … or client credentials for `tokenUrl`. */
  clientId?: string;
  clientSecret?: string;
  /** The word the carrier sends us in `Authorization`; without it only the path word protects the webhook. */
  verificationToken?: string;
}

export interface CreateAccountBody {
  name: string;
  description?: string;
  logoUrl?: string | null;
}

export interface CreateConnectionBody {
  wire: 'maap';
  settings: MaapSettings;
  credentials: MaapCredentials;
}

export interface EditAccountBody {
  name?: string;
  description?: string;
  logoUrl?: string | null;
  verified?: boolean;
}

/** `credentials` replace the stored ones as a whole. */
export interface EditConnectionBody {
  settings?: MaapSettings;
  credentials?: MaapCredentials;
  active?: boolean;
}
