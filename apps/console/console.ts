import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastifyHelmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { cannedLimits } from '#libs/contracts/index.js';
import type { Clock } from '#libs/platform/clock/index.js';
import { SocketsAdapter } from '#libs/platform/realtime/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { ErrorFilter, Log, validationPipe } from '#libs/platform/telemetry/index.js';
import { documentOf } from './api-document.js';
import { ownBots } from './bots.js';
import { serveClient } from './client-pages.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleModule } from './console.module.js';

export interface Console {
  app: NestFastifyApplication;
  /** Where it listens. */
  url: string;
  close(): Promise<void>;
}

/** Also the limit of one webhook; the carriers' events are far below it. */
const BODY_BYTES = 1024 * 1024;
const requestId = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Opens the house: one node, listening. The database must be migrated.
 * @param beforeListening the last chance to refuse to serve
 * @param clock another one than the machine's, for simulations and tests
 * @param bots the modules that answer, if not this console's own
 */
export async function startConsole(
  settings: Settings,
  host = '0.0.0.0',
  beforeListening: (app: NestFastifyApplication) => Promise<void> = async () => undefined,
  clock?: Clock,
  bots = ownBots,
): Promise<Console> {
  const log = Log.create(settings.logLevel);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES,
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded never reaches a route.
    frameworkErrors: (fault: unknown, request: FastifyRequest, reply: FastifyReply) =>
      new ErrorFilter(log).answer(fault, request, reply),
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestId.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ConsoleModule.forRoot(settings, log, clock, bots),
    adapter,
    {
      logger: log.forNest(),
      abortOnError: false,
    },
  );
  const filter = new ErrorFilter(log);
  app.setGlobalPrefix('api', { exclude: ['healthz', 'readyz', 'metrics'] });
  // Files of canned responses, taken in as they are.
  for (const type of ['text/csv', 'text/json']) app.useBodyParser(type, { bodyLimit: cannedLimits.importBytes });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(filter);
  const sockets = await SocketsAdapter.create(app);
  app.useWebSocketAdapter(sockets);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        // Plain http installations inside a company would break.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: settings.publicUrl.startsWith('https:'),
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    if (request.routeOptions.url?.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
    done();
  });
  describeApi(app);
  await serveClient(app, filter);
  try {
    await app.init();
    await beforeListening(app);
    await app.listen({ port: settings.port, host });
  } catch (fault) {
    await app.close().catch(() => undefined);
    await sockets.shutDown();
    throw fault;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      // A connection that was busy when closing began falls idle later and would hold it up for as long as the other
      // side keeps it.
      const letGo = setInterval(() => (app.getHttpServer() as Server).closeIdleConnections(), 100);
      await app.close().finally(() => clearInterval(letGo));
      await sockets.shutDown();
    },
  };
}

function describeApi(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Madoguchi')
    .setDescription(
      'The console’s public doors. Every fault has one shape: { error: { code, message, fields?, requestId } }.',
    )
    .setVersion('1')
    .addCookieAuth('madoguchi_session')
    .build();
  SwaggerModule.setup('api/docs', app, () => documentOf(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
  });
}
