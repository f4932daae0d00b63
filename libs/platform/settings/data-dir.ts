import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SettingsError } from './settings-error.js';
import type { Settings } from './settings.js';

/** Makes DATA_DIR if it is not there and proves that it takes files, before anybody relies on it. */
export function prepareDataDir({ dataDir }: Settings): void {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    makeDirectory(dataDir);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

export function unusable(path: string, error: unknown): SettingsError {
  const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'cannot be written, because the disk is full; free some space, or choose a directory on another disk'
      : `cannot be written (${code}); choose a directory that you may write to`;
  return new SettingsError([{ name: 'DATA_DIR', message: `${path} ${why}` }]);
}

/** Step by step: with `recursive`, Node runs in circles for ever where the kernel denies an existing parent (/proc). */
function makeDirectory(path: string, isLast = true): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeDirectory(dirname(path), false);
  try {
    mkdirSync(path, isLast ? { mode: 0o700 } : {}); // customers' pictures and keys: not for the other users of the machine
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error; // else another start was faster
  }
}
