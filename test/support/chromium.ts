import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { unpackedChromium } from './unpacked-chromium.js';

/**
 * A browser for the tests: the one that CHROMIUM_PATH names, else one that is installed, else the one from npm, which needs
 * nothing of the system but glibc. An installed one that does not start (a snap's empty shell, say) is passed over.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const failures: string[] = [];
  for (const [name, candidate] of candidates()) {
    try {
      const found = await candidate();
      const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', ...(options.args ?? [])];
      return await chromium.launch({ ...found, ...options, args });
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  throw new Error(
    `No Chromium starts here; install one, or name one in CHROMIUM_PATH.\n${failures.map((line) => `  ${line}`).join('\n')}`,
  );
}

function candidates(): [name: string, find: () => Promise<LaunchOptions>][] {
  const given = process.env.CHROMIUM_PATH;
  if (given) return [[`CHROMIUM_PATH=${given}`, async () => ({ executablePath: given })]];
  if (process.platform !== 'linux') return [['Google Chrome', async () => ({ channel: 'chrome' })]];
  const installed = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name)))
    .filter((path) => existsSync(path))
    .map((path): [string, () => Promise<LaunchOptions>] => [path, async () => ({ executablePath: path })]);
  return process.arch === 'x64' ? [...installed, ['Chromium from npm', unpackedChromium]] : installed;
}
