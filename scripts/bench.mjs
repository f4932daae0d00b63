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
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const steps = new Steps(process.stderr);
try {
  checkNode(root);
  await ensureInstalled(root, steps);
  await build(root, steps);
  steps.done();
  const compiled = await node('node_modules/typescript/bin/tsc', '-p', 'bench');
  process.exitCode = compiled || (await node('dist/bench/main.js', ...process.argv.slice(2)));
} catch (error) {
  steps.failed();
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exitCode = 1;
}

function node(program, ...args) {
  const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((ended, failed) => child.once('error', failed).once('close', (code) => ended(code ?? 1)));
}
