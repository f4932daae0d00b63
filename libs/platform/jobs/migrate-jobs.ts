import { runMigrations } from 'graphile-worker';
import { silentJobLogger } from './silent-logger.js';

/** The runner's own tables. */
export async function migrateJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger: silentJobLogger });
}
