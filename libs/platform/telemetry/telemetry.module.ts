import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Log } from './log.js';
import { Metrics } from './metrics.js';

@Global()
@Module({})
export class TelemetryModule {
  static forRoot(log: Log): DynamicModule {
    return {
      module: TelemetryModule,
      providers: [{ provide: Log, useValue: log }, Metrics],
      exports: [Log, Metrics],
    };
  }
}
