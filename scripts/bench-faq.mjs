/** `npm run bench:faq`: how well the FAQ bot understands the questions in bench/faq, and how fast; see docs/faq.md. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBuilt } from './built.mjs';

await runBuilt(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'dist/bench/faq/main.js');
