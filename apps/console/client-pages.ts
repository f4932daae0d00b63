import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound, type ErrorFilter } from '#libs/platform/telemetry/index.js';

const server = /^\/(api|carrier|socket\.io|healthz|readyz|metrics)(\/|$|\?)/;

/** The built browser pages; null while they are not built (tests of the server alone). */
function builtClient(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const built = join(folder, 'dist', 'client');
    if (existsSync(join(built, 'index.html'))) return built;
  }
  return null;
}

/** Files with a hash in their name are kept for ever; every other address that is a page gets the one page there is. */
export async function serveClient(app: NestFastifyApplication, filter: ErrorFilter): Promise<void> {
  const root = builtClient();
  if (root === null) return;
  await app.register(fastifyStatic, { root, serve: false, preCompressed: true });
  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const path = decodeURIComponent(request.url.split('?', 1)[0]!);
    if (path.includes('..') || path.includes('\0') || server.test(path))
      return filter.answer(notFound('This address'), request, reply);
    if (path.startsWith('/assets/')) {
      if (!existsSync(join(root, path))) return filter.answer(notFound('This file'), request, reply);
      return reply.sendFile(path.slice(1), { maxAge: '365d', immutable: true });
    }
    if (path !== '/' && /\.[a-z0-9]+$/i.test(path) && existsSync(join(root, path))) {
      return reply.sendFile(path.slice(1), { maxAge: '1h' });
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
  };
  app.getHttpAdapter().getInstance().get('/*', page);
}
