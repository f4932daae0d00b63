import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { LaunchOptions } from 'playwright-core';

const decompress = promisify(brotliDecompress);

/**
 * The Chromium of @sparticuz/chromium, unpacked by ourselves: its own `executablePath()` uses one fixed place for every
 * version, and its arguments (`--single-process`) let the browser die when a context closes.
 */
export async function unpackedChromium(): Promise<LaunchOptions> {
  const shipped = shippedPackage();
  const home = await unpack(shipped);
  const executablePath = join(home, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: join(home, 'fonts.conf') };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  // Only where the system lacks them: next to a newer glibc's own libraries, old ones would do harm.
  if (missingLibraries(executablePath, process.env).length > 0) {
    env.LD_LIBRARY_PATH = join(home, 'lib');
    const missing = missingLibraries(executablePath, env);
    if (missing.length > 0) throw new Error(`the system lacks ${missing.join(', ')}`);
  }
  return { executablePath, env };
}

function shippedPackage(): { bin: string; version: string } {
  let directory = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));
  while (!existsSync(join(directory, 'bin', 'chromium.br'))) {
    if (directory === dirname(directory)) throw new Error('@sparticuz/chromium holds no browser');
    directory = dirname(directory);
  }
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string };
  return { bin: join(directory, 'bin'), version };
}

async function unpack({ bin, version }: { bin: string; version: string }): Promise<string> {
  const home = join(cache(), `chromium-${version}`);
  if (existsSync(home)) return home;
  const draft = `${home}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    writeFileSync(join(draft, 'chromium'), await decompress(readFileSync(join(bin, 'chromium.br'))), { mode: 0o755 });
    for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
      extract(await decompress(readFileSync(join(bin, archive))), draft);
    }
    // Its own file points to places of another system; without a right one every text is blank.
    const directories = [join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map(
      (dir) => `<dir>${dir}</dir>`,
    );
    const config = `${directories.join('')}<cachedir>${join(home, 'font-cache')}</cachedir>`;
    writeFileSync(join(draft, 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${config}</fontconfig>\n`);
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error; // else another process was faster
  }
  return home;
}

/** Outside of node_modules: 200 MB that outlive `npm ci` and serve every checkout. */
function cache(): string {
  const wanted = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'madoguchi');
  try {
    mkdirSync(wanted, { recursive: true });
    return wanted;
  } catch {
    const spare = join(tmpdir(), `madoguchi-cache-${userInfo().uid}`);
    mkdirSync(spare, { recursive: true, mode: 0o700 });
    return spare;
  }
}

function missingLibraries(program: string, env: NodeJS.ProcessEnv): string[] {
  const listed = execFileSync('ldd', [program], { encoding: 'utf8', env });
  return [...listed.matchAll(/(\S+) => not found/g)].map(([, library]) => library ?? '');
}

/** Plain tar, as these archives are: a header of 512 bytes, then the file in blocks of 512. */
function extract(archive: Buffer, target: string): void {
  for (let at = 0; archive[at];) {
    const text = (offset: number, length: number) =>
      archive
        .subarray(at + offset, at + offset + length)
        .toString('utf8')
        .replace(/\0.*$/s, '');
    const path = join(target, text(0, 100));
    const size = Number.parseInt(text(124, 12), 8);
    const isDirectory = text(156, 1) === '5';
    mkdirSync(isDirectory ? path : dirname(path), { recursive: true });
    if (!isDirectory)
      writeFileSync(path, archive.subarray(at + 512, at + 512 + size), { mode: Number.parseInt(text(100, 8), 8) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
