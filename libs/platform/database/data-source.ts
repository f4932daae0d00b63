import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import type { Schema } from './schema.js';

// A node that froze with a row locked must not hold up the others: whoever waits gives up and is asked to come again, and
// the frozen one's transaction ends.
const SESSION = [
  'jit=off',
  'random_page_cost=1.1',
  'TimeZone=UTC',
  'lock_timeout=5s',
  'idle_in_transaction_session_timeout=15s',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

interface Options {
  poolSize: number;
  applicationName?: string;
  onPoolError?: (fault: unknown) => void;
}

export function openDataSource(url: string, schemas: Schema[], options: Options): DataSource {
  const onPoolError = options.onPoolError ?? (() => undefined);
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: options.applicationName ?? 'madoguchi',
    poolSize: options.poolSize,
    entities: schemas.flatMap((schema) => schema.entities),
    migrations: schemas.flatMap((schema) => schema.migrations),
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
    // An idle connection that the database closed is not a fault of ours; the next query opens another one.
    poolErrorHandler: onPoolError,
    // `jit` costs more than it gives on the short queries here. On the discs of today a page by an index costs hardly more
    // than the next one in a row; with the default, middle-sized tables are read as a whole for a single row.
    extra: {
      connectionTimeoutMillis: 10_000,
      // A new connection plans each of the long statements five times before it keeps a plan: after the usual ten seconds
      // of quiet the first messages took ten times as long as those that followed.
      idleTimeoutMillis: 10 * 60_000,
      options: SESSION,
      keepAlive: true,
      // Statements that are sent without waiting for the one before travel together: see `Transactions`.
      pipeline: true,
      // A database that ends a session in the moment it begins says both in one packet. The pool has stopped listening for
      // faults then and TypeORM does not listen yet: without this the fault would be nobody's, and end the process.
      onConnect: (client: ClientBase) => void client.on('error', onPoolError),
    },
  });
}
