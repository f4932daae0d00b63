/**
 * `npm run bench`: what Madoguchi does in a second and how long it takes, beside what the machine could do; see
 * docs/performance.md.
 *
 *   --quick          small databases and short rounds, to try things out: not to be quoted
 *   --only <begin>   only figures whose name begins so, and the floors they stand on
 *   --rounds <n>     5 unless told
 *   --json           an array of { name, value, unit, ratio?, of? } instead of a table
 *   --heap           instead: memory of a console while it takes in 200,000 messages
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBuilt } from './built.mjs';

await runBuilt(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'dist/bench/main.js');
