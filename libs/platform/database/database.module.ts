import { Global, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Log, TelemetryModule } from '#libs/platform/telemetry/index.js';
import { openDataSource } from './data-source.js';
import type { Schema } from './schema.js';
import { Transactions } from './transactions.js';

export interface DatabaseOptions {
  url: string;
  schemas: Schema[];
  poolSize: number;
}

/** The address, for the few who need a connection of their own (listening, guarding a lock). */
@Injectable()
export class DatabaseAddress {
  constructor(readonly url: string) {}
}

@Global()
@Module({})
export class DatabaseModule {
  static forRoot({ url, schemas, poolSize }: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          imports: [TelemetryModule],
          inject: [Log],
          useFactory: (log: Log) => ({
            ...openDataSource(url, schemas, {
              poolSize,
              onPoolError: (fault) => log.warn({ err: fault }, 'an idle database connection was lost'),
            }).options,
            retryAttempts: 3,
            retryDelay: 500,
          }),
        }),
      ],
      providers: [Transactions, { provide: DatabaseAddress, useValue: new DatabaseAddress(url) }],
      exports: [Transactions, DatabaseAddress, TypeOrmModule],
    };
  }
}
