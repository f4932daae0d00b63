import type { Connection } from '#libs/accounts/index.js';
import type { Reachability, Wire } from '#libs/contracts/index.js';
import type { CustomerAddress } from './customer-address.js';
import type { ReadResult } from './inbound-event.js';
import type {
  CallOutcome,
  FileToPlace,
  OutboundMessage,
  PlacedFile,
  PlaceOutcome,
  SendOutcome,
} from './outbound-message.js';

/** The part of a webhook request that proves who is calling. */
export interface WebhookRequest {
  method: string;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
}

/** A webhook address asked whether it is alive; sent as plain text. */
export interface Greeting {
  status: 200 | 401;
  body: string;
}

/**
 * One wire: turns our ideas into a carrier's form and back. It owns no table and knows no conversation. Its methods never
 * throw on what the other side says or fails to say: reading names what it cannot use, calling ends in an outcome.
 *
 * @example A new wire is a class and one line in the module's list of drivers.
 * ```ts
 * export class PigeonDriver implements CarrierDriver {
 *   readonly wire = 'pigeon';
 *   verify(request, { credentials }) {
 *     return sameToken(request.headers['x-pigeon'], credentials.verificationToken) ? 'ok' : 'refused';
 *   }
 *   read(body, connection) {
 *     const text = isObject(body) ? body.words : undefined;
 *     if (typeof text !== 'string') return { events: [], kept: [{ reason: 'no words' }] };
 *     return { events: [{ kind: 'message', … content: { type: 'text', text } }], kept: [] };
 *   }
 *   async send(connection, message) {
 *     const answer = await this.http.call({ method: 'POST', url: …, body: message.content.text });
 *     return answer.kind === 'lost' ? { outcome: 'unknown', detail: answer.detail } : …;
 *   }
 *   …
 * }
 * ```
 */
export interface CarrierDriver {
  readonly wire: Wire;

  /** In constant time. `ok` without a check where the connection has no token: the path word alone protects it then. */
  verify(request: WebhookRequest, connection: Connection): 'ok' | 'refused';

  /** Never throws, whatever stands in `body`. */
  read(body: unknown, connection: Connection): ReadResult;

  /** Answers the carrier's GET on the webhook address. */
  greet(request: WebhookRequest, connection: Connection): Greeting;

  send(connection: Connection, message: OutboundMessage): Promise<SendOutcome>;

  /**
   * Brings a file to where this wire's handsets fetch it from, before a message may name it. Asked again with its own answer
   * until that is `ready`. A file that came there twice, or for nothing, reaches nobody: this may be repeated.
   */
  placeFile(connection: Connection, file: FileToPlace, before: PlacedFile | null): Promise<PlaceOutcome>;

  /** "Somebody is writing", towards the customer. */
  sendTyping(connection: Connection, address: CustomerAddress, active: boolean): Promise<CallOutcome>;

  /** "We have read yours." */
  markRead(connection: Connection, address: CustomerAddress, carrierMessageId: string): Promise<CallOutcome>;

  /** Asks to take ours back. `done` means the order was taken, not that the message is gone. */
  revoke(connection: Connection, carrierMessageId: string): Promise<CallOutcome>;

  checkReachability(connection: Connection, address: CustomerAddress): Promise<Omit<Reachability, 'checkedAt'>>;

  /** Whether a customer's file may be fetched from this address: a foreign word must not make us call inner hosts. */
  mayFetch(connection: Connection, url: string): boolean;

  /** Whether an address that may be fetched may also lead into a private network: somebody wrote down that it does. */
  mayBePrivate(connection: Connection, url: string): boolean;
}
