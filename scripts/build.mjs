/** Builds the server (tsc) and the client (Vite) into dist/, each only if its sources changed. `--force` builds both. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Fault, sentencesOf } from './fault.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { Steps } from './steps.mjs';

const parts = [
  {
    name: 'server',
    sources: ['apps', 'libs', 'tsconfig.json'],
    proof: 'dist/apps/console/start.js',
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    tidy: tidyServer,
  },
  {
    // What a bot outside of this house is written against.
    name: 'types of bots',
    sources: ['libs/contracts', 'libs/bots/bot.ts', 'libs/bots/tsconfig.types.json'],
    proof: 'dist/libs/bots/bot.d.ts',
    command: ['node_modules/typescript/bin/tsc', '-p', 'libs/bots/tsconfig.types.json'],
    tidy: () => {},
  },
  {
    name: 'client',
    sources: ['client', 'libs/contracts'],
    proof: 'dist/client/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn'],
    tidy: () => {},
  },
];

export function isBuilt(root) {
  return parts.every((part) => stampOf(root, part) === readStamp(root, part));
}

export async function build(root, steps, { force = false } = {}) {
  for (const part of parts) {
    const stamp = stampOf(root, part);
    if (!force && readStamp(root, part) === stamp) continue;
    steps.begin(`Building the ${part.name}`);
    const [program, ...args] = part.command;
    const { code, said } = await run(root, [join(root, program), ...args]);
    if (code !== 0)
      throw new Fault(`The ${part.name} does not build:\n${said.trim()}`, 'Put that right and start again.');
    part.tidy(root);
    writeFileSync(stampFile(root, part), stamp);
    steps.done(`Built the ${part.name}`);
  }
}

function run(root, args) {
  return new Promise((done, failed) => {
    const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.once('error', failed).once('close', (code) => done({ code, said }));
  });
}

function stampFile(root, { name }) {
  return join(root, 'dist', `.${name.replaceAll(' ', '-')}-stamp`);
}

function readStamp(root, part) {
  const file = stampFile(root, part);
  return existsSync(file) && existsSync(join(root, part.proof)) ? readFileSync(file, 'utf8') : null;
}

function stampOf(root, { sources }) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    if (/\.spec\.tsx?$/.test(file)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesOf(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}

/** tsc neither takes along what is not TypeScript nor removes what came of a source that is gone. */
function tidyServer(root) {
  for (const file of [...filesOf(root, 'apps'), ...filesOf(root, 'libs')]) {
    if (/\.(ts|tsx|md)$/.test(file)) continue;
    mkdirSync(dirname(join(root, 'dist', file)), { recursive: true });
    copyFileSync(join(root, file), join(root, 'dist', file));
  }
  for (const file of [...filesOf(root, 'dist/apps'), ...filesOf(root, 'dist/libs')]) {
    const source = file.slice('dist/'.length).replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(join(root, source)) && !existsSync(join(root, file.slice('dist/'.length))))
      rmSync(join(root, file));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const steps = new Steps();
  try {
    checkNode(root);
    await ensureInstalled(root, steps);
    await build(root, steps, { force: process.argv.includes('--force') });
    steps.say('  ✓ dist/ is up to date');
  } catch (error) {
    steps.failed();
    console.error(`\n${sentencesOf(error).join('\n')}\n`);
    process.exitCode = 1;
  }
}
