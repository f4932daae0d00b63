import type { FastifyError, FastifyInstance } from 'fastify';
import { WireError } from '../problem.js';
import type { World } from '../world.js';
import { maapFileRoutes } from './files.routes.js';
import { maapRoutes } from './maap.routes.js';

/** The bot side. Every fault leaves in the wire's own error body; a good answer never has a member `error`. */
export function maapPlugin(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error: FastifyError | WireError, request, reply) => {
      if (error instanceof WireError) return reply.code(error.status).headers(error.headers).send(error.body());
      const status = error.statusCode ?? 500;
      if (status >= 500) request.log.error({ err: error }, 'a call of a bot failed');
      const message = status >= 500 ? 'The gateway failed' : error.message;
      return reply.code(status).send(new WireError(status, 'invalid_argument', message).body());
    });
    for (const prefix of ['/rcs/bot/v1', '/bot/v1']) {
      await app.register(
        async (root) => {
          maapRoutes(root, world);
          maapFileRoutes(root, world);
        },
        { prefix },
      );
    }
    for (const path of ['/oauth2/v1/token', '/auth/oauth/token']) {
      app.post<{ Querystring: Record<string, string> }>(path, (request, reply) => {
        const form = { ...request.query, ...(request.body as Record<string, string> | undefined) };
        reply.header('cache-control', 'no-store').send(world.tokens.grant(request.headers.authorization, form));
      });
    }
  };
}
