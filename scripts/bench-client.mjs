/**
 * `npm run bench:client`: what an agent feels, in a real Chromium before the console as it is delivered; see docs/performance.md.
 *
 *   --quick          a small database and a short flood, to try things out: not to be quoted
 *   --only <begin>   only figures whose name begins so, and the floors they stand on
 *   --rounds <n>     5 unless told
 *   --json           an array of { name, value, unit, ratio?, of? } instead of a table
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBuilt } from './built.mjs';

await runBuilt(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'dist/bench/client/main.js');
