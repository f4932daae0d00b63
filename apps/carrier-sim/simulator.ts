import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import Fastify, { LogController, type FastifyError, type FastifyInstance } from 'fastify';
import { parseBot, type SimBot } from './bots/bot.js';
import { controlRoutes } from './control.routes.js';
import { handsetRoutes } from './handsets/handset.routes.js';
import type { HandsetSeed } from './handsets/demo-handsets.js';
import { maapPlugin } from './maap/maap.plugin.js';
import { pagePlugin } from './page.js';
import { Problem } from './problem.js';
import type { WebhookRetry } from './webhooks/webhook-queue.js';
import { closeWorld, openWorld, resumeWorld, type World } from './world.js';

export type { SimBot } from './bots/bot.js';

export interface SimulatorOptions {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  /** State is kept below `carrier-sim/` in it; without it, in memory only. */
  dataDir?: string | null;
  bots: SimBot[];
  /** Made unless they are there already. */
  handsets?: HandsetSeed[];
  logLevel?: string;
  /** Waits between the tries of a webhook: 500 ms, doubled each time up to 60 s, unless given. */
  webhookRetry?: Partial<WebhookRetry>;
  /** A webhook without an answer counts as failed after so long; 30 s unless given. */
  webhookTimeoutMs?: number;
}

export interface Simulator {
  url: string;
  port: number;
  /** Resolves when nothing of this simulator runs any more; what was not told to the bots is kept for the next start. */
  close(): Promise<void>;
}

/** The simulated carrier and its customers' handsets. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const bots = options.bots.map((bot) => parseBot(bot));
  const host = options.host ?? '127.0.0.1';
  // Asked before the journal is opened: opening rewrites it, and it may be in use by whoever has the port.
  await needFreePort(options.port, host);
  const world = await openWorld({
    directory: options.dataDir ? join(options.dataDir, 'carrier-sim') : null,
    retry: { firstMs: 500, factor: 2, maxMs: 60_000, ...options.webhookRetry },
    webhookTimeoutMs: options.webhookTimeoutMs ?? 30_000,
  });
  for (const bot of bots) world.bots.put(bot);
  for (const { msisdn, ...seed } of options.handsets ?? []) {
    if (!world.handsets.find(msisdn)) world.handsets.change(msisdn, seed);
  }
  const app = await buildDoors(world, options.logLevel ?? 'warn');
  const close = async (): Promise<void> => {
    world.live.close();
    await app.close();
    await closeWorld(world);
  };
  try {
    await app.listen({ port: options.port, host });
    const address = app.server.address();
    const port = typeof address === 'object' && address ? address.port : options.port;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    world.files.origin = url;
    resumeWorld(world);
    return { url, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function needFreePort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  probe.listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}

async function buildDoors(world: World, level: string): Promise<FastifyInstance> {
  const app = Fastify({
    // Addresses hold phone numbers, so requests are not logged by themselves.
    logger: { level },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 512 },
  });
  readBodies(app);
  await app.register(multipart);
  await app.register(maapPlugin(world));
  await app.register(async (doors) => {
    ownErrors(doors);
    handsetRoutes(doors, world);
    controlRoutes(doors, world);
  });
  await app.register(pagePlugin);
  app.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ error: { code: 'not_found', message: 'There is no such door' } });
  });
  return app;
}

/** JSON under any name, forms for the token door, and nothing that a page of another site could send unasked. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(?:[\w.+-]+\+)?json/i, { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('The body is not valid JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
}

function ownErrors(doors: FastifyInstance): void {
  doors.addHook('onRequest', async (request) => {
    if (request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET') {
      throw new Problem(403, 'forbidden', 'Another site may not use the handsets');
    }
  });
  doors.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) {
      const { code, message, fields } = error;
      return reply.code(error.status).send({ error: { code, message, ...(fields.length > 0 ? { fields } : {}) } });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a handset door failed');
    const message = status >= 500 ? 'The simulator failed' : error.message;
    return reply.code(status).send({ error: { code: status >= 500 ? 'internal' : 'bad_request', message } });
  });
}
