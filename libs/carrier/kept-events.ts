import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Connection } from '#libs/accounts/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';

const longestBody = 64 * 1024;

/** Webhooks that brought nothing we can use: kept for people to look at, counted, never a reason to crash. */
@Injectable()
export class KeptEvents {
  private readonly log: Log;
  private readonly kept;

  constructor(
    private readonly database: DataSource,
    log: Log,
    metrics: Metrics,
  ) {
    this.log = log.child({ part: 'carrier' });
    this.kept = metrics.counter('carrier_events_kept_total', 'Webhook events that could not be used', ['wire']);
  }

  async keep(connection: Connection, reasons: string[], body: unknown): Promise<void> {
    await this.database.query(
      `insert into carrier_events_kept (connection_id, reason, body) select $1, reason, $3 from unnest($2::text[]) as reason`,
      [connection.id, reasons, asText(body)],
    );
    this.kept.inc({ wire: connection.wire }, reasons.length);
    this.log.info({ connectionId: connection.id, reasons }, 'an event was kept unread');
  }

  /** Bodies hold customers' words and numbers, so they do not stay for ever. */
  async dropOlderThan(days: number): Promise<number> {
    const [, dropped] = (await this.database.query(
      `delete from carrier_events_kept where received_at < now() - make_interval(days => $1)`,
      [days],
    )) as [unknown, number];
    return dropped;
  }
}

function asText(body: unknown): string {
  try {
    return (JSON.stringify(body) ?? 'nothing').slice(0, longestBody);
  } catch {
    return 'nested too deeply to be written';
  }
}
