import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.mjs';

/** Node must be young enough for the packages; they name the floor in package.json. */
export function checkNode(root) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const floor = engines.node.replace(/^\D+/, '').split('.').map(Number);
  const here = process.versions.node.split('.').map(Number);
  const difference = here.map((part, i) => part - floor[i]).find((each) => each !== 0) ?? 0;
  if (difference < 0) {
    throw new Fault(
      `This is Node ${process.versions.node}; Madoguchi needs ${floor.join('.')} or later.`,
      'Install a current Node from https://nodejs.org and start again.',
    );
  }
}

/**
 * Installs what package-lock.json names, unless it is there. npm's own record of what it installed decides, so an `npm ci`
 * or `npm install` by hand counts too; a stamp saves the comparison the next time.
 */
export async function ensureInstalled(root, steps, { dev = true } = {}) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stampFile = join(root, 'node_modules', '.madoguchi');
  const stamp = createHash('sha256').update(lock).update(`${process.platform} ${process.arch} ${dev}`).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalled(root, JSON.parse(lock.toString()), dev)) {
    steps.begin('Installing the packages (a minute or so, the first time only)');
    await npmCi(root);
    steps.done('Installed the packages');
  }
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // A read-only checkout: then the comparison is made at each start.
  }
}

function isInstalled(root, lock, dev) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const { packages } = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional || (wanted.dev && !dev)) return true;
    return packages[path]?.version === wanted.version;
  });
}

async function npmCi(root) {
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const [program, first] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(program, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-20_000)));
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code === 0) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|network/i.test(said)) {
    throw new Fault(
      'The packages are not installed yet, and npm cannot reach its registry.',
      'Connect this machine to the internet (or to your npm mirror: `npm config set registry …`) and start again.',
    );
  }
  if (/ENOSPC/.test(said))
    throw new Fault('The disk is full: the packages need 600 MB.', 'Free some space and start again.');
  if (/EACCES|EPERM|EROFS/.test(said)) {
    throw new Fault(`The packages cannot be written to ${root}.`, 'Start as the owner of this directory.');
  }
  throw new Fault(`npm ci failed:\n${said.trim()}`, 'Put that right and start again.');
}
