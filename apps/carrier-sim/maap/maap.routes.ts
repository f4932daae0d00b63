import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { laneOf, type Carriage } from '../carriage.js';
import { isObject } from '../fields.js';
import type { FaultsInForce } from '../faults.js';
import type { Handset } from '../handsets/handset.js';
import { isJapaneseMobile, isPhoneNumber, repairNumber } from '../handsets/phone-number.js';
import { malformed, WireError } from '../problem.js';
import type { World } from '../world.js';
import { afterAnswer } from './after-answer.js';
import type { Entry } from '../threads/entry.js';
import { withoutNulls } from './measure.js';
import { readSend, type Contact, type Send } from './send-body.js';

type BotCall = FastifyRequest<{ Params: { botId: string; msgId: string }; Querystring: Record<string, unknown> }>;

const capabilities = ['chat', 'fileTransfer', 'geolocationPush', 'chatBotCommunication', 'plusMessage'];

/** Messages, statuses and capabilities under one root of the bot API. */
export function maapRoutes(app: FastifyInstance, world: World): void {
  const { carriage, faults, threads } = world;

  const admit = (request: BotCall): string =>
    world.tokens.admit(request.params.botId, request.headers.authorization).botId;

  const send = async (request: BotCall, reply: FastifyReply): Promise<FastifyReply> => {
    const botId = admit(request);
    const parsed = readSend(request.body);
    const handset = addressee(world, parsed.contact);
    const inForce = faults.concerning(botId, handset.faults);
    await inForce.slow();
    if (parsed.kind === 'typing') {
      if (!handset.offline && !handset.blocked) threads.agentTyping(handset.msisdn, botId, parsed.active);
      return reply.code(202).send({ RCSMessage: { msgId: randomUUID(), status: 'pending' } });
    }
    refuse(inForce);
    return carry(carriage, world, { botId, handset, parsed, body: request.body, inForce }, reply);
  };

  app.post('/:botId/messages', send);
  app.post('/:botId/messages/async', send);

  app.get('/:botId/messages/:msgId/status', async (request: BotCall) => {
    const botId = admit(request);
    await faults.concerning(botId).slow();
    const entry = need(world, botId, request.params.msgId);
    return { RCSMessage: statusOf(entry) };
  });

  app.put('/:botId/messages/:msgId/status', async (request: BotCall, reply) => {
    const botId = admit(request);
    const body = withoutNulls(request.body);
    const message = isObject(body) && isObject(body.RCSMessage) ? body.RCSMessage : {};
    await faults.concerning(botId).slow();
    const entry = need(world, botId, request.params.msgId);
    if (message.status === 'displayed' || message.status === 'read') {
      if (entry.from !== 'customer') throw new WireError(409, 'not_incoming', 'Only a user’s message can be displayed');
      carriage.readByBot(entry);
    } else if (message.status === 'cancelled' || message.status === 'canceled') {
      if (entry.from !== 'bot' || !carriage.cancel(entry)) {
        throw new WireError(409, 'ttl_expiration_revoke_failed', 'The message was delivered; it cannot be taken back');
      }
    } else {
      throw malformed('RCSMessage.status must be displayed or cancelled');
    }
    return reply.code(204).send();
  });

  app.get('/:botId/contactCapabilities', async (request: BotCall) => {
    const botId = admit(request);
    const { userContact, chatId } = request.query;
    if ((userContact === undefined) === (chatId === undefined)) {
      throw malformed('exactly one of userContact and chatId is required');
    }
    await faults.concerning(botId).slow();
    if (typeof chatId === 'string') {
      if (!world.handsets.findByChatId(chatId)?.plusMessage) throw notReachable();
      return { capabilities };
    }
    const number = readNumber(String(userContact));
    // Asking about a number does not make a handset: only being written to does.
    const reachable = world.handsets.find(number)?.plusMessage ?? isJapaneseMobile(number);
    if (!reachable) throw notReachable();
    return { capabilities };
  });
}

interface Carried {
  botId: string;
  handset: Handset;
  parsed: Extract<Send, { kind: 'message' }>;
  body: unknown;
  inForce: FaultsInForce;
}

async function carry(carriage: Carriage, world: World, send: Carried, reply: FastifyReply): Promise<FastifyReply> {
  const { botId, handset, parsed, body, inForce } = send;
  const { content, suggestions, expiresAt, contact } = parsed;
  const hidden = 'chatId' in contact;
  const entry = carriage.accept({ botId, handset, content, suggestions, body, hidden, expiresAt });
  const answer = { RCSMessage: { msgId: entry.id, status: 'pending' } };
  if (inForce.any('reportBeforeAnswer')) {
    carriage.forward(entry);
    await world.webhooks.drained(laneOf(handset.msisdn, botId), 3_000);
  } else {
    // Reports follow the answer, whether it arrives or is lost.
    afterAnswer(reply, () => carriage.forward(entry));
  }
  await world.journal.settled();
  if (inForce.strikes('loseAnswer')) {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  return reply.code(202).send(answer);
}

function addressee(world: World, contact: Contact): Handset {
  const handset =
    'chatId' in contact
      ? world.handsets.findByChatId(contact.chatId)
      : world.handsets.reach(readNumber(contact.userContact));
  if (!handset?.plusMessage) throw notReachable();
  if (handset.optedOut) throw new WireError(410, 'opted_out', 'The user has stopped using this account');
  return handset;
}

function readNumber(text: string): string {
  const number = repairNumber(text);
  if (!isPhoneNumber(number)) throw malformed('userContact must be an E.164 number such as +819000000001');
  return number;
}

function refuse(inForce: FaultsInForce): void {
  if (inForce.strikes('status429')) {
    throw new WireError(429, 'rate_limited', 'Too many messages; wait for the reset', {
      'retry-after': '1',
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
    });
  }
  if (inForce.strikes('status500')) throw new WireError(500, 'internal', 'The gateway stumbled');
}

const notReachable = (): WireError => new WireError(404, 'rcs_disabled', 'The user cannot be reached over RCS');

function need(world: World, botId: string, msgId: string): Entry {
  const entry = world.threads.find(msgId);
  if (!entry || entry.botId !== botId) throw new WireError(404, 'unknown_message', 'There is no such message');
  return entry;
}

function statusOf(entry: Entry): { msgId: string; status: string; timestamp: string } {
  if (entry.from === 'bot') {
    return { msgId: entry.id, status: entry.state, timestamp: entry.states.at(-1)?.at ?? entry.at };
  }
  const status = entry.readAt ? 'displayed' : 'delivered';
  return { msgId: entry.id, status, timestamp: entry.readAt ?? entry.at };
}
