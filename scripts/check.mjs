/** `npm run check`: format, lint, types, arrows, lock file. Everything is looked at, side by side, whatever fails first. */
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBreaches } from './arrows.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { missingFromLockFile } from './lock-file.mjs';
import { Steps } from './steps.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const steps = new Steps();

/** A file that has not changed since it was found in order is not parsed again. */
const remembering = '--cache --cache-strategy content --cache-location .cache/prettier';

const checks = {
  format: () => run('prettier/bin/prettier.cjs', ...`--check --log-level warn ${remembering} .`.split(' ')),
  lint: () => run('oxlint/bin/oxlint', '--type-aware', '--quiet'),
  'types of the server and its tests': () => run('typescript/bin/tsc', '-p', 'tsconfig.test.json'),
  'types of the client': () => run('typescript/bin/tsc', '-p', 'client', '--noEmit'),
  arrows: () => findBreaches(root),
  'lock file': () => missingFromLockFile(root),
};

try {
  checkNode(root);
  await ensureInstalled(root, steps);
  const begun = Object.entries(checks).map(([name, check]) => [name, check()]);
  // Whoever fails while another is waited for is heard in his turn.
  for (const [, ended] of begun) Promise.resolve(ended).catch(() => {});
  for (const [name, ended] of begun) {
    steps.begin(name);
    const complaints = await ended;
    if (complaints.length === 0) steps.done();
    else {
      steps.failed();
      console.error(`\n${complaints.join('\n')}\n`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  steps.failed();
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exitCode = 1;
}

/** What a tool complains about. */
function run(program, ...args) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child
      .once('error', failed)
      .once('close', (code) => done(code === 0 ? [] : [said.trim() || `it ended with ${code}`]));
  });
}
