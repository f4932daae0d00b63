/**
 * `npm run dev`: the compiler watches and the server starts again when it has written; the client comes from Vite, which
 * passes everything else on to the server. A source that does not compile leaves the last good server running.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const steps = new Steps();
const port = process.env.PORT ?? '3000';
const watched = ['dist/apps', 'dist/libs'];
const children = new Set();
let server = null;
/** What the running server was started from. */
let running = '';
let restart = null;
/** One restart after the other. */
let turn = Promise.resolve();
let stopping = false;

process.chdir(root);
try {
  checkNode(root);
  await ensureInstalled(root, steps);
  await build(root, steps);
} catch (error) {
  steps.failed();
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
startServer();
run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--watch', '--preserveWatchOutput', '--noEmitOnError']);
run('node_modules/vite/bin/vite.js', ['client', '--clearScreen', 'false'], { CONSOLE_URL: `http://127.0.0.1:${port}` });
for (const part of watched) {
  watch(part, { recursive: true }, (_, file) => file?.endsWith('.js') && restartSoon());
}

function run(program, args, env = {}) {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: true, // Ctrl-C comes here alone; the server closes before its watcher goes
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

function startServer() {
  running = outcome();
  server = run('scripts/start.mjs', ['--as-built']);
}

/** The compiler writes many files, often the same as before; what counts is that it has finished, and what came of it. */
function restartSoon() {
  clearTimeout(restart);
  restart = setTimeout(() => {
    turn = turn.then(async () => {
      const now = outcome();
      if (stopping || now === running) return;
      console.log('\n  The sources changed; starting the server again');
      await end(server);
      if (!stopping) startServer();
    });
  }, 300);
}

function outcome() {
  const hash = createHash('sha256');
  for (const part of watched) {
    for (const file of readdirSync(part, { recursive: true }).map(String).sort()) {
      if (file.endsWith('.js')) hash.update(`\0${file}\0`).update(readFileSync(join(part, file)));
    }
  }
  return hash.digest('hex');
}

function end(child) {
  return new Promise((ended) => {
    if (child.exitCode !== null || child.signalCode !== null) return ended();
    child.once('close', ended);
    process.kill(-child.pid, 'SIGTERM'); // its whole group: tsc hands its work to a program of its own
  });
}

async function stop() {
  if (stopping) return;
  stopping = true;
  clearTimeout(restart);
  await Promise.all([...children].map(end));
  process.exit(0);
}
