import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { SimBot } from '../bots/bot.js';
import type { Bots } from '../bots/bots.js';
import { WireError } from '../problem.js';

interface Grant {
  botId: string;
  until: number;
}

export interface TokenAnswer {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token: string;
  scope: string;
}

const refreshMs = 24 * 3_600_000;

/** Who may call as which bot. Fetched tokens live in memory: a restart makes every client fetch anew, as carriers do. */
export class Tokens {
  private readonly access = new Map<string, Grant>();
  private readonly refresh = new Map<string, Grant>();

  constructor(private readonly bots: Bots) {}

  /** The bot of this call, or 401. */
  admit(botId: string, authorization: string | undefined): SimBot {
    const bot = this.bots.find(botId);
    if (!bot) throw new WireError(403, 'unknown_bot', 'There is no such bot on this carrier');
    const given = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) throw new WireError(401, 'unauthenticated', 'A bearer token is required');
    if (bot.token !== undefined && same(given, bot.token)) return bot;
    const grant = this.access.get(given);
    if (!grant || grant.botId !== botId) throw new WireError(401, 'unauthenticated', 'The token is not known');
    if (grant.until <= Date.now()) throw new WireError(401, 'unauthenticated', 'The token has expired');
    return bot;
  }

  grant(authorization: string | undefined, form: Record<string, string | undefined>): TokenAnswer {
    const bot = this.client(authorization);
    if (form.grant_type === 'client_credentials') return this.issue(bot);
    if (form.grant_type !== 'refresh_token') {
      throw new WireError(400, 'unsupported_grant_type', 'grant_type must be client_credentials or refresh_token');
    }
    const grant = this.refresh.get(form.refresh_token ?? '');
    if (!grant || grant.botId !== bot.botId || grant.until <= Date.now()) {
      throw new WireError(401, 'invalid_grant', 'The refresh token is not known or has expired');
    }
    this.refresh.delete(form.refresh_token ?? '');
    return this.issue(bot);
  }

  private client(authorization: string | undefined): SimBot {
    const word = /^Basic\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1] ?? '';
    const pair = Buffer.from(word, 'base64').toString();
    // A bot id may hold a colon, a secret may too: the client id decides where one ends.
    for (const bot of this.bots.all()) {
      if (bot.clientSecret === undefined) continue;
      if (same(pair, `${bot.clientId ?? bot.botId}:${bot.clientSecret}`)) return bot;
    }
    throw new WireError(401, 'invalid_client', 'The client id or its secret is wrong');
  }

  private issue(bot: SimBot): TokenAnswer {
    this.sweep();
    const seconds = bot.tokenSeconds ?? 3600;
    const [access, refresh] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    this.access.set(access, { botId: bot.botId, until: Date.now() + seconds * 1000 });
    this.refresh.set(refresh, { botId: bot.botId, until: Date.now() + refreshMs });
    return {
      access_token: access,
      token_type: 'Bearer',
      expires_in: seconds,
      refresh_token: refresh,
      scope: 'botmessage',
    };
  }

  private sweep(): void {
    const now = Date.now();
    // An expired token is remembered for a while, so that its refusal can say what is wrong with it.
    for (const [token, grant] of this.access) if (grant.until < now - 600_000) this.access.delete(token);
    for (const [token, grant] of this.refresh) if (grant.until < now) this.refresh.delete(token);
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
