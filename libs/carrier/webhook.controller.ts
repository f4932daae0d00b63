import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Connections, type Connection } from '#libs/accounts/index.js';
import { errorCodes, type Wire } from '#libs/contracts/index.js';
import { Public } from '#libs/platform/access/index.js';
import { AppError, Metrics } from '#libs/platform/telemetry/index.js';
import type { CarrierDriver } from './carrier-driver.js';
import { Drivers } from './drivers.js';
import { InboundHandlers } from './inbound-handlers.js';
import { KeptEvents } from './kept-events.js';
import { webhookPath } from './webhook-route.js';

type WebhookRequest = FastifyRequest<{ Params: { wire: string; connectionKey: string } }>;

/**
 * Where carriers bring their news. 2xx is a promise that everything is committed; anything else makes them come again.
 * Bodies are read by the wire's driver and not by the validation pipe: what is foreign is kept, never refused.
 */
@ApiExcludeController()
@Public()
@Controller(webhookPath)
export class WebhookController {
  private readonly webhooks;

  constructor(
    private readonly connections: Connections,
    private readonly drivers: Drivers,
    private readonly handlers: InboundHandlers,
    private readonly kept: KeptEvents,
    metrics: Metrics,
  ) {
    this.webhooks = metrics.counter('carrier_webhooks_total', 'Webhook calls of carriers', ['wire', 'outcome']);
  }

  @Post()
  async receive(@Req() request: WebhookRequest, @Res() reply: FastifyReply): Promise<void> {
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
    reply.status(200).send({ ok: true });
  }

  @Get()
  async greet(@Req() request: WebhookRequest, @Res() reply: FastifyReply): Promise<void> {
    const { driver, connection } = await this.find(request);
    const { status, body } = driver.greet(request, connection);
    reply.status(status).type('text/plain; charset=utf-8').send(body);
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
