import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { FindOptionsWhere } from 'typeorm';
import type {
  CreateAccountBody,
  CreateConnectionBody,
  EditAccountBody,
  EditConnectionBody,
} from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { Account } from './account.entity.js';
import { CarrierConnection } from './carrier-connection.entity.js';
import { CredentialVault } from './credential-vault.js';

/** 192 bits: the webhook address is the only secret of a wire whose carrier signs nothing. */
const CONNECTION_KEY_BYTES = 24;

/** What travels under the announcement topic `accounts`. */
export interface AccountChanged {
  accountId: string;
  created?: true;
}

/** Official accounts and their wires. Every change is written and announced in the caller's transaction. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: DataSource,
    private readonly vault: CredentialVault,
    private readonly announcements: Announcements,
  ) {}

  async list(ids: readonly string[] | 'all'): Promise<Account[]> {
    const where = ids === 'all' ? {} : { id: In([...ids]) };
    return await this.database.getRepository(Account).find({ where, order: { id: 'ASC' } });
  }

  async get(id: string): Promise<Account> {
    const account = await this.database.getRepository(Account).findOneBy({ id });
    if (account === null) throw notFound('The account');
    return account;
  }

  async connectionsOf(accountIds: readonly string[]): Promise<CarrierConnection[]> {
    return await this.database
      .getRepository(CarrierConnection)
      .find({ where: { accountId: In([...accountIds]) }, order: { id: 'ASC' } });
  }

  async create(tx: Tx, body: CreateAccountBody): Promise<Account> {
    const account = await tx.manager.getRepository(Account).save({
      name: body.name,
      description: body.description ?? '',
      logoUrl: body.logoUrl ?? null,
      verified: false,
      createdAt: new Date(),
    });
    this.changed(tx, { accountId: account.id, created: true });
    return account;
  }

  async edit(tx: Tx, id: string, body: EditAccountBody): Promise<Account> {
    const account = await this.locked(tx, Account, id, 'The account');
    const { name, description, logoUrl, verified } = body;
    const edited = await tx.manager
      .getRepository(Account)
      .save(Object.assign(account, withoutGaps({ name, description, logoUrl, verified })));
    this.changed(tx, { accountId: id });
    return edited;
  }

  async addConnection(tx: Tx, accountId: string, body: CreateConnectionBody): Promise<CarrierConnection> {
    await this.locked(tx, Account, accountId, 'The account');
    const connectionKey = randomBytes(CONNECTION_KEY_BYTES).toString('base64url');
    const connection = await tx.manager.getRepository(CarrierConnection).save({
      accountId,
      wire: body.wire,
      connectionKey,
      settings: { ...body.settings },
      credentials: this.vault.seal(body.credentials, connectionKey),
      active: true,
      createdAt: new Date(),
    });
    this.changed(tx, { accountId });
    return connection;
  }

  async editConnection(
    tx: Tx,
    accountId: string,
    connectionId: string,
    body: EditConnectionBody,
  ): Promise<CarrierConnection> {
    const connection = await this.locked(tx, CarrierConnection, connectionId, 'The connection');
    if (connection.accountId !== accountId) throw notFound('The connection');
    if (body.settings !== undefined) connection.settings = { ...body.settings };
    if (body.credentials !== undefined)
      connection.credentials = this.vault.seal(body.credentials, connection.connectionKey);
    if (body.active !== undefined) connection.active = body.active;
    const edited = await tx.manager.getRepository(CarrierConnection).save(connection);
    this.changed(tx, { accountId });
    return edited;
  }

  /** Two edits of one row take turns, so neither takes back what the other wrote. */
  private async locked<R extends Account | CarrierConnection>(
    tx: Tx,
    noun: new () => R,
    id: string,
    name: string,
  ): Promise<R> {
    const where = { id } as FindOptionsWhere<R>;
    const row = await tx.manager.getRepository(noun).findOne({ where, lock: { mode: 'pessimistic_write' } });
    if (row === null) throw notFound(name);
    return row;
  }

  private changed(tx: Tx, change: AccountChanged): void {
    this.announcements.announce(tx, 'accounts', change);
  }
}

/** An absent member of a body means "leave it"; null means "empty it". */
function withoutGaps<T extends object>(edits: T): Partial<T> {
  return Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined)) as Partial<T>;
}
