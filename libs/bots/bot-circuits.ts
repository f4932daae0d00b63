import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/index.js';
import { Metrics } from '#libs/platform/telemetry/index.js';

/** So many faults in a row, and nothing is asked of the bot for a while. */
const FAULTS = 5;
const REST_MS = 30_000;

interface Circuit {
  faults: number;
  restsUntil: number;
}

/**
 * One switch per bot: a sick one costs a few customers ten seconds each, not all of them. After the rest one turn decides.
 * Each node keeps its own: what it learns costs a few turns, and needs no agreement.
 */
@Injectable()
export class BotCircuits {
  private readonly circuits = new Map<string, Circuit>();

  constructor(
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.watch('madoguchi_bots_resting', 'Bots of which nothing is asked now', () => this.resting);
  }

  get resting(): number {
    return [...this.circuits.keys()].filter((id) => this.restsUntil(id) !== null).length;
  }

  /** null: it may be asked. */
  restsUntil(botId: string): Date | null {
    const until = this.circuits.get(botId)?.restsUntil ?? 0;
    return until > this.clock.now() ? new Date(until) : null;
  }

  answered(botId: string): void {
    this.circuits.delete(botId);
  }

  failed(botId: string): void {
    const circuit = this.circuits.get(botId) ?? { faults: 0, restsUntil: 0 };
    circuit.faults += 1;
    if (circuit.faults >= FAULTS) {
      circuit.restsUntil = this.clock.now() + REST_MS;
      // The first turn after the rest decides.
      circuit.faults = FAULTS - 1;
    }
    this.circuits.set(botId, circuit);
  }
}
