import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fields } from '../fields.js';
import { fileLimit } from '../files.js';
import { Problem } from '../problem.js';
import { presentEntry } from '../threads/shown.js';
import type { World } from '../world.js';
import { readCustomerForm, readCustomerMessage } from './customer-message.js';
import { parseHandsetChange, type Handset } from './handset.js';
import { presentHandset } from './handset-view.js';
import { readMsisdn } from './phone-number.js';
import { readPress } from './press.js';

type HandsetCall = FastifyRequest<{ Params: { msisdn: string }; Querystring: Record<string, string | undefined> }>;

/** The customers' side: switches of their lines, and everything a person does with a phone. */
export function handsetRoutes(app: FastifyInstance, world: World): void {
  const { bots, carriage, files, handsets, journal, live, threads } = world;

  const holder = (request: HandsetCall): Handset => handsets.need(readMsisdn(request.params.msisdn));

  /** The handset, when its owner can write to this account at all. */
  const writer = (request: HandsetCall, botId: string): Handset => {
    bots.get(botId);
    const handset = holder(request);
    if (!handset.plusMessage) throw new Problem(409, 'not_plus_message', 'This line has no +Message');
    if (handset.blocked) throw new Problem(409, 'blocked', 'The owner has blocked the account; unblock it first');
    return handset;
  };

  const told = (handset: Handset): void => {
    if (!live.listening) return;
    live.tell({ event: 'handset', msisdn: handset.msisdn, data: presentHandset(handset, threads) });
  };

  app.get('/handsets', () => ({ handsets: handsets.all().map((handset) => presentHandset(handset, threads)) }));

  app.put('/handsets/:msisdn', async (request: HandsetCall, reply) => {
    const msisdn = readMsisdn(request.params.msisdn);
    const change = parseHandsetChange(request.body);
    const before = handsets.find(msisdn);
    const { offline: wasOffline = false, anonymous: wasAnonymous = false } = before ?? {};
    const handset = handsets.change(msisdn, change);
    if (wasAnonymous && !handset.anonymous) {
      // The number is no longer hidden: every account it wrote to may merge the two.
      for (const { botId, shown } of threads.ofHandset(msisdn)) {
        if (!shown.some((entry) => entry.hidden)) continue;
        carriage.post(handset, botId, { kind: 'alias', msisdn, id: randomUUID(), at: new Date().toISOString() });
      }
    }
    if (wasOffline && !handset.offline) carriage.comeOnline(handset);
    told(handset);
    await journal.settled();
    return reply.code(before ? 200 : 201).send(presentHandset(handset, threads));
  });

  app.post(
    '/handsets/:msisdn/messages',
    { bodyLimit: Math.ceil(fileLimit * 1.4) },
    async (request: HandsetCall, reply) => {
      const { botId, content } = request.isMultipart()
        ? await readCustomerForm(request.parts({ limits: { fileSize: fileLimit, files: 1 } }), files)
        : await readCustomerMessage(request.body, files);
      const entry = carriage.write(writer(request, botId), botId, content);
      await journal.settled();
      return reply.code(201).send({ msgId: entry.id, ...presentEntry(entry) });
    },
  );

  app.post('/handsets/:msisdn/presses', async (request: HandsetCall, reply) => {
    const { botId, content } = readPress(request.body);
    const entry = carriage.write(writer(request, botId), botId, content);
    await journal.settled();
    return reply.code(201).send({ msgId: entry.id, ...presentEntry(entry) });
  });

  app.post('/handsets/:msisdn/typing', (request: HandsetCall, reply) => {
    const fields = new Fields(request.body);
    const botId = fields.needText('botId', 256);
    const active = fields.flag('active') ?? true;
    fields.done();
    const handset = writer(request, botId);
    if (!handset.offline) {
      const { msisdn, anonymous: hidden } = handset;
      const at = new Date().toISOString();
      carriage.post(handset, botId, { kind: 'typing', msisdn, hidden, active, id: randomUUID(), at });
    }
    reply.code(202).send({ active });
  });

  app.post('/handsets/:msisdn/read', async (request: HandsetCall) => {
    const fields = new Fields(request.body);
    const botId = fields.needText('botId', 256);
    const upTo = fields.text('upTo', 256) ?? null;
    fields.done();
    bots.get(botId);
    const handset = holder(request);
    if (upTo !== null && threads.find(upTo)?.place == null) {
      const message = 'upTo must be a message that this phone shows';
      throw new Problem(404, 'not_found', message, [{ field: 'upTo', message }]);
    }
    const read = carriage.read(handset, botId, upTo);
    if (read > 0) told(handset);
    await journal.settled();
    return { read };
  });

  app.get('/handsets/:msisdn/messages', (request: HandsetCall) => {
    const { botId } = request.query;
    const handset = holder(request);
    if (!botId)
      throw new Problem(400, 'invalid', 'botId is required', [{ field: 'botId', message: 'botId is required' }]);
    bots.get(botId);
    const thread = threads.thread(handset.msisdn, botId);
    return { agentTyping: thread.agentTyping, messages: thread.shown.map(presentEntry) };
  });
}
