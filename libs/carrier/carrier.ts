import { Injectable } from '@nestjs/common';
import { Connections, type Connection } from '#libs/accounts/index.js';
import type { Reachability } from '#libs/contracts/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Log, Metrics, withoutNumbers } from '#libs/platform/telemetry/index.js';
import type { CarrierDriver } from './carrier-driver.js';
import { Circuits } from './circuits.js';
import type { CustomerAddress } from './customer-address.js';
import { Drivers } from './drivers.js';
import type {
  CallFailure,
  CallOutcome,
  FileToPlace,
  OutboundMessage,
  PlacedFile,
  PlaceOutcome,
  SendOutcome,
} from './outbound-message.js';

const reachabilityMs = 60_000;

/** What the libs above ask of carriers, whatever the wire. Nothing here throws for what a carrier does. */
@Injectable()
export class Carrier {
  private readonly circuits = new Circuits();
  private readonly known = new ShortMemory<Reachability | null>(reachabilityMs, 10_000);
  private readonly log: Log;
  private readonly sends;
  private readonly seconds;

  constructor(
    private readonly connections: Connections,
    private readonly drivers: Drivers,
    log: Log,
    metrics: Metrics,
  ) {
    this.log = log.child({ part: 'carrier' });
    this.sends = metrics.counter('carrier_sends_total', 'Tries to send a message', ['wire', 'outcome']);
    metrics.watch('carrier_connections_resting', 'Connections that rest after faults', () => this.circuits.open);
    this.seconds = metrics.histogram('carrier_send_seconds', "From a try to the carrier's answer", ['wire']);
  }

  /** How long to wait before the next try on this connection: the carrier is sick, or we were too fast. 0 = go on. */
  restMs(connectionId: string): number {
    return this.circuits.restMs(connectionId);
  }

  /** One try. Without a usable connection it is `refused` with `no_connection`. */
  async send(connectionId: string, message: OutboundMessage): Promise<SendOutcome> {
    const way = await this.way(connectionId);
    if ('outcome' in way) return way;
    const { driver, connection } = way;
    const stop = this.seconds.startTimer({ wire: driver.wire });
    const began = Date.now();
    const outcome = await driver.send(connection, message);
    stop();
    this.circuits.report(connectionId, outcome, began);
    this.sends.inc({ wire: driver.wire, outcome: outcome.outcome });
    if (outcome.outcome !== 'sent') this.tell(connection, outcome, 'a message was not sent');
    return outcome;
  }

  /** Brings a file of ours to the carrier, or asks whether it has it by now. May be repeated. */
  async placeFile(connectionId: string, file: FileToPlace, before: PlacedFile | null): Promise<PlaceOutcome> {
    const way = await this.way(connectionId);
    if ('outcome' in way) return way;
    const began = Date.now();
    const outcome = await way.driver.placeFile(way.connection, file, before);
    if (outcome.outcome === 'placed') return outcome;
    this.circuits.report(connectionId, outcome, began);
    this.tell(way.connection, outcome, 'a file was not taken');
    return outcome;
  }

  /** Fleeting: a failure is not worth a second try. */
  async typing(connectionId: string, address: CustomerAddress, active: boolean): Promise<CallOutcome> {
    const way = await this.way(connectionId);
    return 'outcome' in way ? way : way.driver.sendTyping(way.connection, address, active);
  }

  async markRead(connectionId: string, address: CustomerAddress, carrierMessageId: string): Promise<CallOutcome> {
    const way = await this.way(connectionId);
    if ('outcome' in way) return way;
    const outcome = await way.driver.markRead(way.connection, address, carrierMessageId);
    if (outcome.outcome !== 'done') this.tell(way.connection, outcome, 'a read mark was not taken');
    return outcome;
  }

  /** `done`: the carrier took the order. Whether the message is gone, its report says. */
  async revoke(connectionId: string, carrierMessageId: string): Promise<CallOutcome> {
    const way = await this.way(connectionId);
    if ('outcome' in way) return way;
    const outcome = await way.driver.revoke(way.connection, carrierMessageId);
    if (outcome.outcome !== 'done') this.tell(way.connection, outcome, 'a message was not taken back');
    return outcome;
  }

  /** Remembered for a minute when the carrier knew. */
  async reachability(connectionId: string, address: CustomerAddress): Promise<Reachability> {
    const way = await this.way(connectionId);
    const unknown = (): Reachability => ({ state: 'unknown', capabilities: [], checkedAt: new Date().toISOString() });
    if ('outcome' in way) return unknown();
    const name = address.kind === 'phone' ? address.phone : `chat ${address.chatId}`;
    const answer = await this.known.get(`${connectionId} ${name}`, async () => {
      const { state, capabilities } = await way.driver.checkReachability(way.connection, address);
      return state === 'unknown' ? null : { state, capabilities, checkedAt: new Date().toISOString() };
    });
    return answer ?? unknown();
  }

  /** Whether a file that a customer sent over this connection may be fetched from there. Ask again for each redirect. */
  async mayFetch(connectionId: string, url: string): Promise<boolean> {
    const way = await this.way(connectionId);
    return 'outcome' in way ? false : way.driver.mayFetch(way.connection, url);
  }

  /** Asked of an address that may be fetched: may its name lead into a private network? */
  async mayBePrivate(connectionId: string, url: string): Promise<boolean> {
    const way = await this.way(connectionId);
    return 'outcome' in way ? false : way.driver.mayBePrivate(way.connection, url);
  }

  private async way(connectionId: string): Promise<{ driver: CarrierDriver; connection: Connection } | CallFailure> {
    const connection = await this.connections.byId(connectionId);
    const driver = connection?.active ? this.drivers.of(connection.wire) : null;
    if (connection === null || driver === null)
      return { outcome: 'refused', reason: 'no_connection', detail: 'The connection is gone or switched off.' };
    return { driver, connection };
  }

  private tell(connection: Connection, failure: CallFailure, message: string): void {
    const { outcome, detail } = failure;
    const reason = 'reason' in failure ? failure.reason : null;
    this.log.warn({ connectionId: connection.id, outcome, reason, detail: withoutNumbers(detail) }, message);
  }
}
