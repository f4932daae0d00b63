/**
 * `npm run simulate -- --agents 50 --rate 5 --minutes 30 --seed 7`: a stretch of a call centre's day on the real engine and
 * a real PostgreSQL, with a clock that stands still while anybody works; see docs/routing.md. `--help` names the options.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBuilt } from './built.mjs';

await runBuilt(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'dist/bench/simulation/main.js');
