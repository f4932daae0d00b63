import type { CallFailure, SendOutcome } from './outbound-message.js';

/** So many tries in a row without a usable answer, and the connection rests. */
const FAILURES = 3;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

interface Circuit {
  failures: number;
  rests: number;
  restedAt: number;
  restsUntil: number;
}

/**
 * One switch per connection, so that a sick carrier holds up nobody but itself. It opens after three tries in a row that
 * timed out, broke or ended in the carrier's own fault; then nothing is tried until the rest is over. One try then
 * decides: a good answer closes it, another fault doubles the rest. Tries go side by side: those that were
 * under way when the rest began say nothing new when they fail too, or eight of them would make a minute of two seconds.
 * "Too fast" rests the connection for as long as the carrier says. Each node keeps its own: what it learns costs a few
 * tries, and needs no agreement.
 */
export class Circuits {
  private readonly circuits = new Map<string, Circuit>();

  constructor(private readonly now: () => number = Date.now) {}

  /** How long nothing should be tried on this connection; 0 = go on. */
  restMs(connectionId: string): number {
    const circuit = this.circuits.get(connectionId);
    return circuit ? Math.max(0, circuit.restsUntil - this.now()) : 0;
  }

  /** Connections that rest now. */
  get open(): number {
    return [...this.circuits.keys()].filter((id) => this.restMs(id) > 0).length;
  }

  /** @param began when this try began */
  report(connectionId: string, outcome: SendOutcome | CallFailure, began: number = this.now()): void {
    const circuit = this.circuits.get(connectionId) ?? { failures: 0, rests: 0, restedAt: -Infinity, restsUntil: 0 };
    if (outcome.outcome === 'later' && outcome.reason === 'too_fast') {
      circuit.restsUntil = Math.max(circuit.restsUntil, this.now() + outcome.waitMs);
    } else if (outcome.outcome === 'unknown' || (outcome.outcome === 'later' && outcome.reason === 'carrier_error')) {
      if (began <= circuit.restedAt) return;
      circuit.failures += 1;
      if (circuit.failures >= FAILURES) {
        circuit.restedAt = this.now();
        circuit.restsUntil = this.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** circuit.rests);
        circuit.rests += 1;
        // The first try after the rest decides.
        circuit.failures = FAILURES - 1;
      }
    } else {
      this.circuits.delete(connectionId);
      return;
    }
    this.circuits.set(connectionId, circuit);
  }
}
