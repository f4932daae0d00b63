import type { Connection } from '#libs/accounts/index.js';
import { own, readAmount, readText, within } from '../foreign-value.js';
import type { HttpCaller } from '../http-caller.js';
import type { CallFailure } from '../outbound-message.js';
import { answerOf, parsed } from './maap-answer.js';

export type TokenResult = { token: string } | { failure: CallFailure };

interface Held {
  token: string;
  refreshToken: string | null;
  renewAt: number;
  endsAt: number;
}

interface Slot {
  held: Held | null;
  fetching: Promise<TokenResult> | null;
  refusal: { failure: CallFailure; until: number } | null;
}

const unstatedLifeMs = 60 * 60 * 1000;
/** A refused secret is not tried again for each waiting message: token doors count calls. */
const refusalMs = 3_000;

/**
 * Bearer tokens of MaaP connections. A static one is handed out as it is. A fetched one is renewed a little before its
 * end, and once more when a call was answered 401; however many calls wait for it, one request goes out. Renewal takes
 * the refresh token where there is one and falls back to the client's own credentials.
 */
export class MaapTokens {
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly http: HttpCaller,
    private readonly timeoutMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  async get(connection: Connection): Promise<TokenResult> {
    const { token } = connection.credentials;
    if (token !== undefined && token !== '') return { token };
    const slot = this.slot(connection);
    if (slot.held !== null && this.now() < slot.held.renewAt) return { token: slot.held.token };
    const result = await this.fetchOnce(connection, slot);
    // Renewed early, so a token door that is down for a moment hurts nobody yet.
    const { held } = slot;
    return 'failure' in result && held !== null && this.now() < held.endsAt ? { token: held.token } : result;
  }

  /** After a 401 for `stale`; null when there is no other token to be had. */
  async renew(connection: Connection, stale: string): Promise<TokenResult | null> {
    if (connection.credentials.token !== undefined && connection.credentials.token !== '') return null;
    const slot = this.slot(connection);
    if (slot.held !== null && slot.held.token !== stale) return { token: slot.held.token };
    if (slot.held !== null) slot.held.endsAt = 0;
    return this.fetchOnce(connection, slot);
  }

  /** Changed credentials begin anew. */
  private slot({ id, settings, credentials }: Connection): Slot {
    const prefix = `${id} `;
    const key = prefix + JSON.stringify([settings.tokenUrl, credentials.clientId, credentials.clientSecret]);
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    for (const old of this.slots.keys()) if (old.startsWith(prefix)) this.slots.delete(old);
    const slot: Slot = { held: null, fetching: null, refusal: null };
    this.slots.set(key, slot);
    return slot;
  }

  private fetchOnce(connection: Connection, slot: Slot): Promise<TokenResult> {
    if (slot.refusal !== null && this.now() < slot.refusal.until)
      return Promise.resolve({ failure: slot.refusal.failure });
    slot.fetching ??= this.fetch(connection, slot).finally(() => (slot.fetching = null));
    return slot.fetching;
  }

  private async fetch(connection: Connection, slot: Slot): Promise<TokenResult> {
    const refreshToken = slot.held?.refreshToken ?? null;
    let result: TokenResult | null = null;
    if (refreshToken !== null) {
      result = await this.ask(connection, slot, { grant_type: 'refresh_token', refresh_token: refreshToken });
      if ('failure' in result && slot.held !== null) slot.held.refreshToken = null;
    }
    if (result === null || 'failure' in result)
      result = await this.ask(connection, slot, { grant_type: 'client_credentials' });
    const refused = 'failure' in result && result.failure.outcome === 'refused';
    slot.refusal = refused && 'failure' in result ? { failure: result.failure, until: this.now() + refusalMs } : null;
    return result;
  }

  private async ask(
    { settings, credentials }: Connection,
    slot: Slot,
    grant: Record<string, string>,
  ): Promise<TokenResult> {
    const { clientId, clientSecret } = credentials;
    if (settings.tokenUrl === undefined || clientId === undefined || clientSecret === undefined)
      return { failure: { outcome: 'refused', reason: 'unauthorized', detail: 'no token and no token address' } };
    const asked = this.now();
    const result = await this.http.call({
      method: 'POST',
      url: settings.tokenUrl,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams({ ...grant, scope: 'botmessage' }).toString(),
      timeoutMs: this.timeoutMs,
    });
    const answer = answerOf(result, asked);
    if ('outcome' in answer) return { failure: withoutSending(answer) };
    const body = within({ body: parsed(answer) }, 'body');
    const token = readText(own(body, 'access_token'));
    if (token === null) return { failure: withoutSending({ outcome: 'unknown', detail: 'an answer without a token' }) };
    const seconds = readAmount(own(body, 'expires_in'));
    const lifeMs = seconds === null ? unstatedLifeMs : seconds * 1000;
    const endsAt = asked + lifeMs;
    const renewAt = endsAt - Math.min(30_000, lifeMs / 5);
    slot.held = { token, refreshToken: readText(own(body, 'refresh_token')), renewAt, endsAt };
    return { token };
  }
}

/** No token, so the message itself never left: nothing is unknown about it. */
function withoutSending(failure: CallFailure): CallFailure {
  const detail = `token: ${failure.detail}`;
  switch (failure.outcome) {
    case 'refused':
      return { ...failure, reason: 'unauthorized', detail };
    case 'later':
      return { ...failure, mayHaveSent: false, detail };
    case 'unknown':
      return { outcome: 'later', waitMs: 2_000, reason: 'carrier_error', detail, mayHaveSent: false };
  }
}
