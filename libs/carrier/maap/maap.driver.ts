import { isIP } from 'node:net';
import type { Connection } from '#libs/accounts/index.js';
import type { Reachability } from '#libs/contracts/index.js';
import type { CarrierDriver, Greeting, WebhookRequest } from '../carrier-driver.js';
import type { CustomerAddress } from '../customer-address.js';
import { HttpCaller, type HttpCall, type HttpResult } from '../http-caller.js';
import type { ReadResult } from '../inbound-event.js';
import type {
  CallFailure,
  CallOutcome,
  FileToPlace,
  OutboundMessage,
  PlacedFile,
  PlaceOutcome,
  SendOutcome,
} from '../outbound-message.js';
import { carriesToken } from '../token-check.js';
import { answerOf, placedOutcome, readCapabilities, sentOutcome, type Answered } from './maap-answer.js';
import { readWebhook } from './maap-reading.js';
import {
  brokenLimit, capabilitiesUrl, filesBody, filesUrl, messageBody, sendUrl, statusBody, statusUrl, typingBody,
} from './maap-request.js'; // prettier-ignore
import { MaapTokens } from './maap-tokens.js';

export interface MaapOptions {
  /** From the first byte of a call to the last of its answer. */
  timeoutMs: number;
  now: () => number;
}

/** GSMA FNW.11, `rcs/bot/v1`: what the operators' own gateways speak. */
export class MaapDriver implements CarrierDriver {
  readonly wire = 'maap';
  private readonly http = new HttpCaller();
  private readonly tokens: MaapTokens;
  private readonly timeoutMs: number;
  private readonly now: () => number;

  constructor({ timeoutMs = 10_000, now = Date.now }: Partial<MaapOptions> = {}) {
    this.timeoutMs = timeoutMs;
    this.now = now;
    this.tokens = new MaapTokens(this.http, timeoutMs, now);
  }

  verify(request: WebhookRequest, { credentials }: Connection): 'ok' | 'refused' {
    const token = credentials.verificationToken ?? '';
    return token === '' || carriesToken(request.headers['authorization'], token) ? 'ok' : 'refused';
  }

  read(body: unknown, connection: Connection): ReadResult {
    return readWebhook(body, connection);
  }

  greet(request: WebhookRequest, connection: Connection): Greeting {
    return this.verify(request, connection) === 'ok' ? { status: 200, body: 'ok' } : { status: 401, body: 'refused' };
  }

  async send(connection: Connection, { address, content }: OutboundMessage): Promise<SendOutcome> {
    const broken = brokenLimit(content);
    if (broken !== null) return { outcome: 'refused', reason: 'rejected', detail: broken };
    const result = await this.call(connection, 'POST', sendUrl(connection), messageBody(address, content));
    return 'outcome' in result ? result : sentOutcome(result);
  }

  /** Given to the carrier's store first, as the standard wants: the link to ours lives for an hour, a message for weeks. */
  async placeFile(connection: Connection, file: FileToPlace, before: PlacedFile | null): Promise<PlaceOutcome> {
    const url = filesUrl(connection, before?.ref);
    if (url === null) return { outcome: 'refused', reason: 'rejected', detail: 'not a file id' };
    if (before !== null) {
      const known = await this.call(connection, 'GET', url);
      return 'outcome' in known ? known : placedOutcome(known);
    }
    const { body, contentType } = filesBody(file, this.now());
    const result = await this.call(connection, 'POST', url, body, contentType);
    return 'outcome' in result ? result : placedOutcome(result);
  }

  sendTyping(connection: Connection, address: CustomerAddress, active: boolean): Promise<CallOutcome> {
    return this.order(connection, 'POST', sendUrl(connection), typingBody(address, active));
  }

  markRead(connection: Connection, _address: CustomerAddress, carrierMessageId: string): Promise<CallOutcome> {
    return this.order(connection, 'PUT', statusUrl(connection, carrierMessageId), statusBody('displayed'));
  }

  revoke(connection: Connection, carrierMessageId: string): Promise<CallOutcome> {
    return this.order(connection, 'PUT', statusUrl(connection, carrierMessageId), statusBody('cancelled'));
  }

  async checkReachability(connection: Connection, address: CustomerAddress): Promise<Omit<Reachability, 'checkedAt'>> {
    const result = await this.call(connection, 'GET', capabilitiesUrl(connection, address));
    if ('outcome' in result) {
      const unreachable = result.outcome === 'refused' && result.reason === 'not_reachable';
      return { state: unreachable ? 'unreachable' : 'unknown', capabilities: [] };
    }
    const capabilities = readCapabilities(result);
    if (capabilities === null) return { state: 'unknown', capabilities: [] };
    return { state: capabilities.length > 0 ? 'reachable' : 'unreachable', capabilities };
  }

  mayFetch({ settings }: Connection, url: string): boolean {
    if (!URL.canParse(settings.baseUrl)) return false;
    const allowed = [new URL(settings.baseUrl).host, ...(settings.mediaHosts ?? []), ...(settings.privateHosts ?? [])];
    return isAmong(allowed, url);
  }

  /** `127.0.0.1` or `localhost` can mean nothing else; a name that should not lead inside is not believed when it does. */
  mayBePrivate({ settings }: Connection, url: string): boolean {
    if (isAmong(settings.privateHosts ?? [], url)) return true;
    const { hostname } = new URL(url);
    return hostname === 'localhost' || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
  }

  close(): void {
    this.http.close();
  }

  private async order(
    connection: Connection,
    method: HttpCall['method'],
    url: string | null,
    body: string,
  ): Promise<CallOutcome> {
    if (url === null) return { outcome: 'refused', reason: 'rejected', detail: 'not a message id' };
    const result = await this.call(connection, method, url, body);
    return 'outcome' in result ? result : { outcome: 'done' };
  }

  /** With a token; a 401 renews it once, which is safe: whoever answers 401 has not acted. */
  private async call(
    connection: Connection,
    method: HttpCall['method'],
    url: string,
    body?: string,
    contentType?: string,
  ): Promise<Answered | CallFailure> {
    const first = await this.tokens.get(connection);
    if ('failure' in first) return first.failure;
    let result = await this.once(first.token, method, url, body, contentType);
    if (result.kind === 'answered' && result.status === 401) {
      const renewed = await this.tokens.renew(connection, first.token);
      if (renewed !== null && 'failure' in renewed) return renewed.failure;
      if (renewed !== null) result = await this.once(renewed.token, method, url, body, contentType);
    }
    return answerOf(result);
  }

  private once(
    token: string,
    method: HttpCall['method'],
    url: string,
    body?: string,
    contentType = 'application/json',
  ): Promise<HttpResult> {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': contentType }),
    };
    return this.http.call({ method, url, headers, body, timeoutMs: this.timeoutMs });
  }
}

/** Hosts as settings name them: with a port, or without for the usual one. */
function isAmong(hosts: readonly string[], url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { host, hostname, protocol, port } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  const withPort = port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : host;
  return hosts.some((entry) => [host, withPort].includes(entry.toLowerCase()));
}
