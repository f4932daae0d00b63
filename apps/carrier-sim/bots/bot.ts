import { Fields, isObject } from '../fields.js';

/** An official account as the carrier knows it: its face for customers, and how its machine is reached and let in. */
export interface SimBot {
  botId: string;
  name: string;
  description?: string;
  logoUrl?: string;
  /** The carriers' review is done; handsets show the mark. */
  verified: boolean;
  /** Where events are posted. */
  webhookUrl: string;
  /** Static bearer token … */
  token?: string;
  /** … or client credentials for the token endpoint; `clientId` is the bot id unless given. */
  clientId?: string;
  clientSecret?: string;
  /** Life of a fetched token; 3,600 seconds unless given. */
  tokenSeconds?: number;
  /** Sent as a bare word in `Authorization` with each webhook. */
  verificationToken?: string;
  /** The fixed menu: `{"menu":{"entries":[…]}}` or the inner object alone. */
  menu?: unknown;
}

export function parseBot(source: unknown, botId?: string, path = ''): SimBot {
  const fields = new Fields(botId && isObject(source) ? { ...source, botId } : source, path);
  const bot: SimBot = {
    botId: fields.needText('botId', 256),
    name: fields.needText('name', 100),
    description: fields.text('description', 1000),
    logoUrl: fields.text('logoUrl', 2048),
    verified: fields.flag('verified') ?? false,
    webhookUrl: fields.needText('webhookUrl', 2048),
    token: fields.text('token', 4096),
    clientId: fields.text('clientId', 256),
    clientSecret: fields.text('clientSecret', 4096),
    tokenSeconds: fields.number('tokenSeconds', 1, 86_400),
    verificationToken: fields.text('verificationToken', 4096),
    menu: fields.raw('menu') ?? undefined,
  };
  if (bot.webhookUrl && !isHttpUrl(bot.webhookUrl)) fields.fault('webhookUrl', 'must be an http or https address');
  if (!bot.token && !bot.clientSecret) fields.fault('token', 'or clientSecret is required: otherwise nobody can send');
  if (bot.menu !== undefined && !isObject(bot.menu)) fields.fault('menu', 'must be a menu object');
  fields.done();
  return bot;
}

export function isHttpUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
