import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BotNumbers } from '#libs/contracts/index.js';

interface Row {
  bot_id: string;
  turns: number;
  answered: number;
  passed: number;
  handed_off: number;
  failed: number;
  median_ms: number | null;
}

/** What bots did, counted from their turns. */
@Injectable()
export class BotNumbersBook {
  constructor(private readonly dataSource: DataSource) {}

  /** The last 24 hours, by bot. */
  async recent(): Promise<Map<string, BotNumbers>> {
    const rows = await this.dataSource.query<Row[]>(
      `select bot_id, count(*)::int as turns, count(*) filter (where outcome = 'answered')::int as answered,
         count(*) filter (where outcome = 'passed')::int as passed,
         count(*) filter (where outcome = 'handedOff')::int as handed_off,
         count(*) filter (where outcome in ('failed', 'late', 'invalid'))::int as failed,
         round(percentile_cont(0.5) within group (order by took_ms))::int as median_ms
       from bot_turns where started_at > now() - interval '24 hours' and outcome is not null group by bot_id`,
    );
    return new Map(
      rows.map(({ bot_id, turns, answered, passed, handed_off, failed, median_ms }) => [
        bot_id,
        { turns, answered, passed, handedOff: handed_off, failed, medianMs: median_ms },
      ]),
    );
  }
}
