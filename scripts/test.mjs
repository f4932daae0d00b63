/**
 * `npm test`: everything. Arguments go to Vitest (`npm test -- --project unit`, `npm test -- -t 'a name'`).
 * The last line is `N passed, N failed`, and the exit code says the same.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const steps = new Steps();
const place = mkdtempSync(join(tmpdir(), 'madoguchi-tally-'));
const tally = join(place, 'tally');
let line = '0 passed, 1 failed';
let code = 1;
try {
  checkNode(root);
  await ensureInstalled(root, steps);
  await build(root, steps);
  code = await vitest();
  if (existsSync(tally)) line = readFileSync(tally, 'utf8');
  // Something outside of the tests went wrong: that is not a success.
  if (code !== 0) line = line.replace(/, 0 failed/, ', 1 failed');
} catch (error) {
  steps.failed();
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
}
rmSync(place, { recursive: true, force: true });
console.log(line);
process.exitCode = code;

function vitest() {
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [program, 'run', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, TEST_TALLY: tally },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((ended, failed) => child.once('error', failed).once('close', (status) => ended(status ?? 1)));
}
