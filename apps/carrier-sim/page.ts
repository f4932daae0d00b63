import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { findAbove, pageDirectory } from './page-directory.js';

// Pictures of accounts and cards come from wherever the bot says; everything else is served from here.
const policy =
  "default-src 'self'; img-src * data: blob:; media-src * blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page of phones at `/`, and its font. */
export async function pagePlugin(app: FastifyInstance): Promise<void> {
  const fonts = dirname(findAbove('node_modules/@fontsource-variable/noto-sans-jp/index.css'));
  await app.register(fastifyStatic, {
    root: pageDirectory,
    prefix: '/',
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('cache-control', 'no-cache');
      reply.header('content-security-policy', policy);
      reply.header('x-content-type-options', 'nosniff');
      reply.header('referrer-policy', 'no-referrer');
    },
  });
  await app.register(fastifyStatic, {
    root: fonts,
    prefix: '/fonts/',
    decorateReply: false,
    immutable: true,
    maxAge: '30d',
  });
}
