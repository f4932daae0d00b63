import pg from 'pg';
import { openDataSource } from './data-source.js';
import type { Schema } from './schema.js';

const LOCK = 7000;

/**
 * Brings the database up to this version. Several nodes may call it at once.
 * The lock is taken and given back on one connection of its own: a pool may hand the unlock to another session.
 * @param others tables that a library makes itself, under the same lock
 * @returns names of the migrations that ran
 */
export async function migrate(
  url: string,
  schemas: Schema[],
  others: ((url: string) => Promise<void>)[] = [],
): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url });
  guard.on('error', () => undefined); // The next query says it, and whoever waits for that hears it.
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [LOCK]);
    const dataSource = await openDataSource(url, schemas, { poolSize: 2 }).initialize();
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      for (const other of others) await other(url);
      return ran.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await guard.end();
  }
}
