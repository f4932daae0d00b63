import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Connections, type Connection } from '#libs/accounts/index.js';
import { errorCodes, type Wire } from '#libs/contracts/index.js';
import { AppError, ErrorFilter, Log, Metrics } from '#libs/platform/telemetry/index.js';
import type { CarrierDriver } from './carrier-driver.js';
import { Drivers } from './drivers.js';
import { InboundHandlers } from './inbound-handlers.js';
import { KeptEvents } from './kept-events.js';

type WebhookRequest = FastifyRequest<{ Params: { wire: string; connectionKey: string } }>;

const url = '/carrier/:wire/:connectionKey';
export const webhookBodyLimit = 1024 * 1024;

/**
 * Where carriers bring their news. 2xx is a promise that everything is committed; anything else makes them come again.
 * Bodies are read by the wire's driver: what is foreign is kept, never refused.
 *
 * A plain route beside Nest's controllers: every message passes here, and guards and pipes are not for carriers.
 */
@Injectable()
export class WebhookDoor implements OnModuleInit {
  private readonly webhooks;
  private readonly filter: ErrorFilter;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly connections: Connections,
    private readonly drivers: Drivers,
    private readonly handlers: InboundHandlers,
    private readonly kept: KeptEvents,
    log: Log,
    metrics: Metrics,
  ) {
    this.webhooks = metrics.counter('carrier_webhooks_total', 'Webhook calls of carriers', ['wire', 'outcome']);
    this.filter = new ErrorFilter(log);
  }

  onModuleInit(): void {
    // A process without HTTP has no adapter.
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance>();
    // `helmet`: twelve headers that tell a browser what a page may do, put together anew for every call, take a fourth of
    // what a webhook costs; no browser comes here.
    const shared = { url, errorHandler: this.filter.answer.bind(this.filter), helmet: false as const };
    fastify?.route({
      ...shared,
      method: 'POST',
      bodyLimit: webhookBodyLimit,
      // JSON whatever it claims to be: gateways send vendor types or none, and a 415 would cost a customer's message.
      onRequest: (request, _reply, done) => {
        request.headers['content-type'] = 'application/json';
        done();
      },
      handler: (request, reply) => this.receive(request as WebhookRequest, reply),
    });
    fastify?.route({
      ...shared,
      method: 'GET',
      handler: (request, reply) => this.greet(request as WebhookRequest, reply),
    });
  }

  private async receive(request: WebhookRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { driver, connection } = await this.find(request);
    if (driver.verify(request, connection) === 'refused') {
      this.count(driver.wire, 'refused');
      throw new AppError(401, errorCodes.unauthenticated, 'The verification token is wrong or missing.');
    }
    try {
      const { events, kept } = driver.read(request.body, connection);
      const unstorable = events.length > 0 ? await this.handlers.receive(events) : [];
      const reasons = [
        ...kept.map(({ reason }) => reason),
        ...unstorable.map(({ kind }) => `${kind} cannot be stored`),
      ];
      if (reasons.length > 0) await this.kept.keep(connection, reasons, request.body);
      this.count(driver.wire, events.length > 0 ? 'accepted' : 'kept');
    } catch (fault) {
      this.count(driver.wire, 'failed');
      throw fault;
    }
    return reply.send({ ok: true });
  }

  private async greet(request: WebhookRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { driver, connection } = await this.find(request);
    const { status, body } = driver.greet(request, connection);
    return reply.status(status).type('text/plain; charset=utf-8').send(body);
  }

  /** A wrong wire, a wrong key and a connection that is switched off look alike from outside. */
  private async find({ params }: WebhookRequest): Promise<{ driver: CarrierDriver; connection: Connection }> {
    const { wire, connectionKey } = params;
    const wellFormed = /^[\w-]{1,200}$/.test(connectionKey) && /^\w{1,20}$/.test(wire);
    const connection = wellFormed ? await this.connections.byKey(wire as Wire, connectionKey) : null;
    const driver = connection?.active ? this.drivers.of(connection.wire) : null;
    if (connection === null || driver === null) {
      this.count('none', 'not_found');
      throw new AppError(404, errorCodes.notFound, 'There is no such webhook.');
    }
    return { driver, connection };
  }

  private count(wire: string, outcome: string): void {
    this.webhooks.inc({ wire, outcome });
  }
}
