import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Accounts, accountsSchema } from '#libs/accounts/index.js';
import { CarrierModule, carrierSchema, InboundHandlers, type InboundEvent } from '#libs/carrier/index.js';
import type { MaapCredentials, MaapSettings } from '#libs/contracts/index.js';
import { AccessModule } from '#libs/platform/access/index.js';
import { DatabaseModule, migrate, Transactions } from '#libs/platform/database/index.js';
import { JobsModule, migrateJobs } from '#libs/platform/jobs/index.js';
import { RealtimeModule, realtimeSchema } from '#libs/platform/realtime/index.js';
import { Settings, SettingsModule } from '#libs/platform/settings/index.js';
import { ErrorFilter, Log, TelemetryModule, validationPipe } from '#libs/platform/telemetry/index.js';
import { freshDatabase } from '../support/postgres.js';

/** The carrier lib in a house without conversations: what comes in is collected, or treated as the test says. */
export interface House {
  origin: string;
  received: InboundEvent[][];
  /** Replaces how the upper lib treats what comes in. */
  receiveWith(receive: (events: InboundEvent[]) => Promise<void>): void;
  connect(
    credentials?: MaapCredentials,
    settings?: Partial<MaapSettings>,
  ): Promise<{ id: string; accountId: string; key: string }>;
  switchOff(connection: { id: string; accountId: string }): Promise<void>;
  get: NestFastifyApplication['get'];
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const database = await freshDatabase();
  const schemas = [realtimeSchema, accountsSchema, carrierSchema];
  await migrate(database.url, schemas, [migrateJobs]);
  const log = Log.create('silent');
  const settings = new Settings({ masterKey: randomBytes(32).toString('base64'), port: 0, role: 'web' });

  @Module({
    imports: [
      SettingsModule.forRoot(settings),
      TelemetryModule.forRoot(log),
      DatabaseModule.forRoot({ url: database.url, schemas, poolSize: 6 }),
      RealtimeModule,
      AccessModule,
      JobsModule,
      CarrierModule,
    ],
  })
  class CarrierHouse {}

  const app = await NestFactory.create<NestFastifyApplication>(CarrierHouse, new FastifyAdapter(), { logger: false });
  app.setGlobalPrefix('api', { exclude: ['carrier/*path'] });
  app.useGlobalPipes(validationPipe());
  const filter = new ErrorFilter(log);
  app.useGlobalFilters(filter);

  const received: InboundEvent[][] = [];
  let receive = async (events: InboundEvent[]): Promise<void> => void received.push(events);
  app.get(InboundHandlers).register({ receive: (events) => receive(events) });
  await app.init();
  // Nest rewords faults of the body parser before its filters see them.
  app
    .getHttpAdapter()
    .getInstance()
    .setErrorHandler((fault, request, reply) => filter.answer(fault, request, reply));
  await app.listen(0, '127.0.0.1');

  const transactions = app.get(Transactions);
  const accounts = app.get(Accounts, { strict: false });
  return {
    origin: await app.getUrl(),
    received,
    receiveWith: (next) => (receive = next),
    async connect(credentials = {}, changes = {}) {
      const settings = { baseUrl: 'http://127.0.0.1:1/rcs/bot/v1', botId: 'demo@botplatform.example', ...changes };
      return transactions.run(async (tx) => {
        const { id: accountId } = await accounts.create(tx, { name: 'Demo' });
        const connection = await accounts.addConnection(tx, accountId, { wire: 'maap', settings, credentials });
        return { id: connection.id, accountId, key: connection.connectionKey };
      });
    },
    async switchOff({ id, accountId }) {
      await transactions.run((tx) => accounts.editConnection(tx, accountId, id, { active: false }));
    },
    get: app.get.bind(app),
    query: (sql, params) => transactions.run((tx) => tx.query(sql, params)),
    async close() {
      await app.close();
      await database.drop();
    },
  };
}
