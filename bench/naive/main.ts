import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Server } from 'socket.io';
import { DataSource } from 'typeorm';
import type { WebhookBody } from '../floor/bare-rows.js';
import { records } from './entities.js';
import { NaiveInbox, type Owner } from './naive-inbox.js';

const dataSource = await new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL']!,
  poolSize: 10,
  entities: records,
  extra: { options: '-c jit=off -c random_page_cost=1.1 -c TimeZone=UTC' },
}).initialize();
const owners = new Map(
  (
    await dataSource.query<{ connection_key: string; account_id: string; id: string }[]>(
      'select connection_key, account_id, id from carrier_connections',
    )
  ).map((row): [string, Owner] => [row.connection_key, { accountId: row.account_id, connectionId: row.id }]),
);

@Controller('carrier/maap')
class NaiveDoor {
  constructor(
    @Inject(NaiveInbox) private readonly inbox: NaiveInbox,
    @Inject(Server) private readonly sockets: Server,
  ) {}

  @Post(':key')
  @HttpCode(200)
  async receive(@Param('key') key: string, @Body() body: WebhookBody): Promise<{ ok: boolean }> {
    const news = await this.inbox.receive(owners.get(key)!, body);
    if (news) {
      this.sockets.to(`account:${news.conversation.accountId}`).emit('conversation:changed', news.conversation);
      this.sockets.to(`conversation:${news.conversation.id}`).emit('message:created', news.message);
    }
    return { ok: true };
  }
}

const sockets = new Server({ transports: ['websocket'], serveClient: false, perMessageDeflate: false });

@Module({
  controllers: [NaiveDoor],
  providers: [
    { provide: NaiveInbox, useValue: new NaiveInbox(dataSource) },
    { provide: Server, useValue: sockets },
  ],
})
class NaiveModule {}

const app = await NestFactory.create<NestFastifyApplication>(NaiveModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
sockets.attach(app.getHttpServer());
process.on('SIGTERM', () => process.exit(0));
process.send!({ ready: true, url: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}` });
