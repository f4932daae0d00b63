import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

/** Builds the house and what lies in bench/, then runs one of its programs with the arguments of this process. */
export async function runBuilt(root, program) {
  const steps = new Steps(process.stderr);
  try {
    checkNode(root);
    await ensureInstalled(root, steps);
    await build(root, steps);
    steps.done();
    const compiled = await node(root, 'node_modules/typescript/bin/tsc', '-p', 'bench');
    process.exitCode = compiled || (await node(root, program, ...process.argv.slice(2)));
  } catch (error) {
    steps.failed();
    console.error(`\n${sentencesOf(error).join('\n')}\n`);
    process.exitCode = 1;
  }
}

function node(root, program, ...args) {
  const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((ended, failed) => child.once('error', failed).once('close', (code) => ended(code ?? 1)));
}
