import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Body, Controller, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { Server } from 'socket.io';
import { openLoop } from '../load/loops.js';
import { BareRows, type WebhookBody } from './bare-rows.js';
import { Gatherer } from './gatherer.js';

/**
 * What the machine can do: the same kind of server, the same database, and only the one thing that is measured. Started
 * by the bench, which tells it by messages when to commit and when to emit.
 */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  options: '-c jit=off -c random_page_cost=1.1 -c TimeZone=UTC',
});
const rows = new BareRows(pool);
const connectionId = process.env['CONNECTION_ID']!;
const gatherer = new Gatherer<WebhookBody>((bodies) => rows.insert(bodies, connectionId), 500);

@Controller()
class Floor {
  constructor(@Inject('gatherer') private readonly waiting: Gatherer<WebhookBody>) {}

  @Post('http')
  @HttpCode(200)
  answer(@Body() body: WebhookBody): { ok: boolean } {
    return { ok: body.RCSMessage.msgId !== '' };
  }

  @Post('insert')
  @HttpCode(200)
  async insert(@Body() body: WebhookBody): Promise<{ ok: boolean }> {
    await this.waiting.add(body);
    return { ok: true };
  }
}

@Module({ controllers: [Floor], providers: [{ provide: 'gatherer', useValue: gatherer }] })
class FloorModule {}

const app = await NestFactory.create<NestFastifyApplication>(FloorModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
const sockets = new Server(app.getHttpServer(), {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
});

const one = (place: number): WebhookBody => ({
  RCSMessage: {
    msgId: randomUUID(),
    textMessage: `${place} 先日予約した件ですが、日付を来週の土曜日に変更することはできますか。`,
    timestamp: new Date().toISOString(),
  },
  messageContact: { userContact: `+8190${String(1 + ((place * 7919) % 4000)).padStart(8, '0')}` },
});

interface Order {
  /** One-row transactions: so many a second, or (rate 0) with so many at once as fast as they go. */
  commit?: { rate: number; seconds: number };
  /** To everybody who is connected: so many a second, or (rate 0) a thousand at once until the time is over. */
  emit?: { rate: number; seconds: number };
}

const AT_ONCE = 10;

async function commit({ rate, seconds }: { rate: number; seconds: number }): Promise<void> {
  const latencies: number[] = [];
  const write = async (place: number): Promise<void> => {
    const started = performance.now();
    await rows.insert([one(place)], connectionId);
    latencies.push(performance.now() - started);
  };
  const started = performance.now();
  if (rate > 0) {
    const pending: Promise<void>[] = [];
    await openLoop(rate, seconds, (place) => pending.push(write(place)));
    await Promise.all(pending);
  } else {
    const busy = Array.from({ length: AT_ONCE }, async (_, place) => {
      while (performance.now() - started < seconds * 1000) await write(place);
    });
    await Promise.all(busy);
  }
  process.send!({ committed: { latencies, perSecond: latencies.length / ((performance.now() - started) / 1000) } });
}

/** The receiver reads the clock that all processes of a machine share. */
async function emit({ rate, seconds }: { rate: number; seconds: number }): Promise<void> {
  let emitted = 0;
  const say = (place: number): void => {
    sockets.emit('row', { at: String(process.hrtime.bigint()), place, row: one(place) });
    emitted += 1;
  };
  if (rate > 0) await openLoop(rate, seconds, say);
  else {
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      for (let place = 0; place < 200; place += 1) say(place);
      await new Promise((flushed) => setImmediate(flushed));
    }
  }
  process.send!({ emitted });
}

process.on('message', (order: Order) => {
  if (order.commit) void commit(order.commit);
  if (order.emit) void emit(order.emit);
});
process.on('SIGTERM', () => process.exit(0));
process.send!({ ready: true, url: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}` });
