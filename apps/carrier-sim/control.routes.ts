import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseBot } from './bots/bot.js';
import { presentBot } from './bots/bots.js';
import { parseFaults } from './faults.js';
import { isObject } from './fields.js';
import { readMsisdn } from './handsets/phone-number.js';
import { readLedger } from './ledger.js';
import { Problem } from './problem.js';
import { stickerNames } from './stickers.js';
import type { World } from './world.js';

type Query = Record<string, string | undefined>;

/** For tests and for the page: the official accounts, the carrier's faults, the ledger, the news, the files. */
export function controlRoutes(app: FastifyInstance, world: World): void {
  const { bots, faults, files, journal, live, webhooks } = world;

  app.get('/bots', () => ({ bots: bots.all().map(presentBot) }));

  app.put('/bots/:botId', async (request: FastifyRequest<{ Params: { botId: string } }>, reply) => {
    const known = bots.find(request.params.botId);
    const bot = parseBot(request.body, request.params.botId);
    bots.put(bot);
    webhooks.nudge(bot.botId);
    await journal.settled();
    return reply.code(known ? 200 : 201).send(presentBot(bot));
  });

  app.get('/faults', () => faults.view());

  app.put('/faults', (request) => {
    const plan = parseFaults(request.body ?? {});
    const botId = isObject(request.body) ? request.body.botId : undefined;
    faults.set(plan, typeof botId === 'string' ? botId : null);
    return faults.view();
  });

  app.get('/ledger', (request: FastifyRequest<{ Querystring: Query }>) => {
    const { botId, since = '0' } = request.query;
    if (!/^\d+$/.test(since)) {
      const message = 'since must be the last of an earlier answer';
      throw new Problem(400, 'invalid', message, [{ field: 'since', message }]);
    }
    return readLedger(world, botId, Number(since));
  });

  app.get('/events', (request: FastifyRequest<{ Querystring: Query }>, reply) => {
    const { msisdn, botId } = request.query;
    const handsets = msisdn ? msisdn.split(',').map(readMsisdn) : null;
    reply.hijack();
    live.join(reply.raw, handsets, botId ?? null);
  });

  app.get('/stickers', () => ({ stickers: stickerNames }));

  const file = (request: FastifyRequest<{ Params: { fileId: string } }>) => {
    const found = files.find(request.params.fileId);
    if (!found || found.status === 'failed') throw new Problem(404, 'not_found', 'There is no such file');
    if (Date.parse(found.validUntil) <= Date.now())
      throw new Problem(410, 'expired', 'The file is past its end of life');
    return found;
  };

  app.get('/files/:fileId/:name', (request: FastifyRequest<{ Params: { fileId: string } }>, reply) => {
    const found = file(request);
    const part = partOf(request.headers.range, found.size);
    reply
      .header('content-type', found.mimeType)
      .header('accept-ranges', 'bytes')
      .header('x-content-type-options', 'nosniff')
      // A browser's own PDF viewer does not run inside of a sandbox.
      .header('content-security-policy', found.mimeType === 'application/pdf' ? "frame-ancestors 'none'" : 'sandbox')
      .header('cache-control', 'private, max-age=86400')
      .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(found.name)}`);
    if (part === null) return reply.header('content-length', found.size).send(files.read(found));
    return reply
      .code(206)
      .header('content-range', `bytes ${part.start}-${part.end}/${found.size}`)
      .header('content-length', part.end - part.start + 1)
      .send(files.read(found, part));
  });
}

/** Players jump in films by asking for parts; what is no single part of the file gets the whole. */
function partOf(range: string | undefined, size: number): { start: number; end: number } | null {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (!asked) return null;
  const start = Number(asked[1]);
  const end = asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1);
  return start <= end && start < size ? { start, end } : null;
}
