import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MaapCredentials, MaapSettings, Wire } from '#libs/contracts/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { CarrierConnection } from './carrier-connection.entity.js';
import { CredentialVault } from './credential-vault.js';

/** A wire, ready to use. Holds secrets: never log it, never hand it outwards. */
export interface Connection {
  id: string;
  accountId: string;
  wire: Wire;
  connectionKey: string;
  settings: MaapSettings;
  credentials: MaapCredentials;
  active: boolean;
}

/**
 * Wires by their webhook key or id, for those who send and receive. Answers from memory for a few seconds, so a busy
 * webhook costs no query; a change is announced and forgets the old answer on every node at once.
 */
@Injectable()
export class Connections implements OnModuleInit {
  private readonly byKeys = new ShortMemory<Connection | null>(5_000, 2_000);
  private readonly byIds = new ShortMemory<Connection | null>(5_000, 2_000);

  constructor(
    private readonly database: DataSource,
    private readonly vault: CredentialVault,
    private readonly announcements: Announcements,
  ) {}

  onModuleInit(): void {
    this.announcements.on('accounts', () => this.forgetAll());
    this.announcements.onGap(() => this.forgetAll());
  }

  /** The wire whose webhook address ends in `connectionKey`, active or not; null when there is none. */
  byKey(wire: Wire, connectionKey: string): Promise<Connection | null> {
    return this.byKeys.get(`${wire} ${connectionKey}`, async () =>
      this.opened(await this.rows.findOneBy({ connectionKey, wire })),
    );
  }

  byId(id: string): Promise<Connection | null> {
    return this.byIds.get(id, async () => this.opened(await this.rows.findOneBy({ id })));
  }

  /** The wire over which an account's messages leave: its oldest active one. */
  activeOf(accountId: string): Promise<Connection | null> {
    return this.byIds.get(`account ${accountId}`, async () =>
      this.opened(await this.rows.findOne({ where: { accountId, active: true }, order: { id: 'ASC' } })),
    );
  }

  private opened(row: CarrierConnection | null): Connection | null {
    if (row === null) return null;
    const { id, accountId, wire, connectionKey, settings, active } = row;
    const credentials = this.vault.open(row.credentials, connectionKey);
    return { id, accountId, wire, connectionKey, settings, credentials, active };
  }

  private forgetAll(): void {
    this.byKeys.clear();
    this.byIds.clear();
  }

  private get rows() {
    return this.database.getRepository(CarrierConnection);
  }
}
