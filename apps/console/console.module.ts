import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { AgentsModule } from '#libs/agents/index.js';
import { BotsModule } from '#libs/bots/index.js';
import { CarrierModule } from '#libs/carrier/index.js';
import { ConversationsModule } from '#libs/conversations/index.js';
import { AccessModule } from '#libs/platform/access/index.js';
import { ClockModule, type Clock } from '#libs/platform/clock/index.js';
import { DatabaseModule } from '#libs/platform/database/index.js';
import { JobsModule } from '#libs/platform/jobs/index.js';
import { MediaModule } from '#libs/platform/media/index.js';
import { RealtimeModule } from '#libs/platform/realtime/index.js';
import { SettingsModule, type Settings } from '#libs/platform/settings/index.js';
import { RoutingModule } from '#libs/routing/index.js';
import { TelemetryModule, type Log } from '#libs/platform/telemetry/index.js';
import { ownBots } from './bots.js';
import { HealthController } from './health.controller.js';
import { schema } from './schema.js';

const POOL_SIZE = 20;

/** The house: joins the libs. */
@Module({})
export class ConsoleModule {
  static forRoot(settings: Settings, log: Log, clock?: Clock, bots = ownBots): DynamicModule {
    if (settings.databaseUrl === null) throw new Error('the database must be known before the console is made');
    return {
      module: ConsoleModule,
      imports: [
        SettingsModule.forRoot(settings),
        ClockModule.forRoot(clock),
        TelemetryModule.forRoot(log),
        DatabaseModule.forRoot({ url: settings.databaseUrl, schemas: schema, poolSize: POOL_SIZE }),
        AccessModule,
        RealtimeModule,
        JobsModule,
        MediaModule,
        AccountsModule,
        AgentsModule,
        CarrierModule,
        ConversationsModule,
        RoutingModule,
        BotsModule.register({ bots }),
      ],
      controllers: [HealthController],
    };
  }
}
