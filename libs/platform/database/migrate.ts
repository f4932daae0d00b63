import pg from 'pg';
import { runMigrations as migrateJobs } from 'graphile-worker';
import { silentJobLogger } from '../jobs/silent-logger.js';
import { openDataSource } from './data-source.js';
import type { Schema } from './schema.js';

const LOCK = 7000;

/**
 * Brings the database up to this version: our tables, then the job runner's own. Several nodes may call it at once.
 * The lock is taken and given back on one connection of its own: a pool may hand the unlock to another session.
 * @returns names of the migrations that ran
 */
export async function migrate(url: string, schemas: Schema[]): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [LOCK]);
    const dataSource = await openDataSource(url, schemas, { poolSize: 2 }).initialize();
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      await migrateJobs({ connectionString: url, logger: silentJobLogger });
      return ran.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await guard.end();
  }
}
