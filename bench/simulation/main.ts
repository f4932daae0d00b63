import 'reflect-metadata';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#libs/platform/database/embedded/index.js';
import { migrateDatabase } from '../../apps/console/schema.js';
import { withClient } from '../database/premises.js';
import { help, readRequest, type Request } from './plan.js';
import { resultTable } from './result-table.js';
import type { Result } from './results.js';
import { simulate } from './simulate.js';

const begun = performance.now();
const say = (text: string): void => {
  process.stderr.write(`  ${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${text}\n`);
};

let request: Request | null = null;
try {
  request = readRequest(process.argv.slice(2));
} catch (fault) {
  console.error(`${(fault as Error).message}\n\n${help}`);
  process.exitCode = 1;
}
if (request?.help) console.log(help);
else if (request) await play(request);

async function play({ plans, json }: Request): Promise<void> {
  const dataDir = join(process.env['DATA_DIR'] ?? '.data', 'simulation');
  // Nothing of an earlier day is worth keeping, and an interrupted one may have left something.
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  say('Starting PostgreSQL');
  const postgres = await startEmbeddedPostgres({ dataDir, database: 'simulation', durable: false });
  try {
    say('Making its tables');
    await migrateDatabase(postgres.url);
    const results: Result[] = [];
    for (const plan of plans) {
      say(
        `${plan.minutes} minutes with ${plan.agents} agents, ${plan.rate} arrivals a minute, seed ${plan.seed}: ${plan.strategy}`,
      );
      const name = `day_${plan.strategy.toLowerCase()}`;
      const admin = new URL(postgres.url);
      admin.pathname = '/postgres';
      await withClient(admin.href, (client) => client.query(`create database ${name} template simulation`));
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      results.push((await simulate(plan, url.href, dataDir, stop.signal)).result);
    }
    say('Done');
    console.log(json ? JSON.stringify(results, null, 2) : `\n${resultTable(results, plans[0]!)}\n`);
    if (results.some(({ overCapacity }) => overCapacity > 0)) process.exitCode = 1;
  } catch (fault) {
    if (!stop.signal.aborted) throw fault;
    process.exitCode = 130;
  } finally {
    await postgres.stop();
  }
}
