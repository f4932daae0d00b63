import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { KeptEvents } from './kept-events.js';
import { ParkedReceipts } from './parked-receipts.js';

/** A report that found no message in a week never will. */
const PARKED_DAYS = 7;
/** Long enough to look into what a carrier sent; they hold customers' words. */
const KEPT_DAYS = 30;

/** Drops at night (03:15 in Tokyo) what was only kept for a while. */
@Injectable()
export class Retention implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly parked: ParkedReceipts,
    private readonly kept: KeptEvents,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.at('15 18 * * *', 'carrier.retention', async () => {
      const receipts = await this.parked.dropOlderThan(PARKED_DAYS);
      const events = await this.kept.dropOlderThan(KEPT_DAYS);
      this.log.info({ receipts, events }, 'dropped what was kept for a while');
    });
  }
}
