/**
 * `npm start`, on a bare machine with nothing but Node: installs, builds, and starts console and simulator in this process.
 *
 *   --production   no demo, and nothing that is not safe to serve with (`npm run start:prod`)
 *   --as-built     what lies in dist/, whatever the sources say (`npm run dev`)
 */
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const production = process.argv.includes('--production');
const asBuilt = process.argv.includes('--as-built');
const steps = new Steps();

/** What runs; `stop` closes it and waits until the last answer is given and the last row is written. */
let running = null;
let stopAskedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(signal));

// Whoever kills npm means this process (`exec` in package.json lets the signals through, kill -9 passes none).
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && !stopAskedAt && void stop('SIGTERM'), 500).unref();
}

process.chdir(root);
try {
  steps.title(`窓口 Madoguchi${production ? '' : ', the demo'}`);
  checkNode(root);
  if (!asBuilt) {
    await ensureInstalled(root, steps, { dev: !production || !isBuilt(root) });
    await build(root, steps);
  }
  const { loadSettings, prepareDataDir } = await load('libs/platform/settings/index.js');
  const settings = loadSettings(process.env, { production });
  prepareDataDir(settings);
  await mustBeFree(settings.port, '0.0.0.0');
  if (!production) await mustBeFree(settings.simPort, '127.0.0.1');
  const { startDemo, startProduction } = await load('apps/console/start.js');
  const onStep = (text) => steps.begin(text);
  running = await (production ? startProduction({ onStep }) : startDemo({ onStep }));
  steps.done();
  if (running.summary) steps.say(`\n${running.summary}\n`);
} catch (error) {
  steps.failed();
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exit(1); // With whatever was started so far: the embedded PostgreSQL ends when this process does.
}

function load(path) {
  return import(pathToFileURL(join(root, 'dist', path)).href);
}

/** Said at once, before a database is made and a demo is loaded for nothing. */
function mustBeFree(port, host) {
  if (port === 0) return;
  return new Promise((free, taken) => {
    const probe = createServer().once('error', taken);
    probe.listen(port, host, () => probe.close(() => free()));
  });
}

async function stop(signal) {
  // npm passes Ctrl-C on although the terminal has sent it to everybody: two at once are one.
  if (stopAskedAt && Date.now() - stopAskedAt < 500) return;
  if (stopAskedAt || !running) process.exit(signal === 'SIGINT' ? 130 : 143);
  stopAskedAt = Date.now();
  try {
    steps.begin('Stopping (Ctrl-C again to force it)');
    await running.stop();
    steps.done('Stopped');
    process.exit(0);
  } catch (error) {
    steps.failed();
    console.error(sentencesOf(error).join('\n'));
    process.exit(1);
  }
}
