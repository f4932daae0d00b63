import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { Carrier } from './carrier.js';
import { Drivers } from './drivers.js';
import { InboundHandlers } from './inbound-handlers.js';
import { KeptEvents } from './kept-events.js';
import { MaapDriver } from './maap/maap.driver.js';
import { ParkedReceipts } from './parked-receipts.js';
import { Retention } from './retention.js';
import { WebhookDoor } from './webhook-door.js';

@Module({
  imports: [AccountsModule],
  providers: [
    Carrier,
    Drivers,
    InboundHandlers,
    KeptEvents,
    ParkedReceipts,
    Retention,
    WebhookDoor,
    { provide: MaapDriver, useFactory: () => new MaapDriver() },
  ],
  exports: [Carrier, InboundHandlers, KeptEvents, ParkedReceipts],
})
export class CarrierModule implements OnApplicationShutdown {
  constructor(private readonly maap: MaapDriver) {}

  onApplicationShutdown(): void {
    this.maap.close();
  }
}
