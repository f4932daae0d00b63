import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataDir, unusable } from './data-dir.js';
import { SettingsError } from './settings-error.js';
import type { Settings } from './settings.js';

/** 32 bytes written as 64 hex digits or as base64 (either alphabet); null where it is neither. */
export function parseMasterKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

/** A key that a hand typed or a manual printed: text, counting up, or a few bytes over and over. */
export function isGuessableKey(key: Buffer): boolean {
  const bytes = [...key];
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  const step = (bytes[1] ?? 0) - (bytes[0] ?? 0);
  const isCounting = bytes.every((byte, i) => i === 0 || byte - (bytes[i - 1] ?? 0) === step);
  return isText || isCounting || new Set(bytes).size < 12;
}

/**
 * The key that encrypts credentials. Without one in the environment it is made once and kept in
 * `DATA_DIR/master.key` for its owner only; whoever loses that file loses the stored credentials.
 */
export function withMasterKey(settings: Settings): Settings {
  if (settings.masterKey) return settings;
  const file = join(settings.dataDir, 'master.key');
  prepareDataDir(settings);
  const kept = read(file) ?? make(file);
  const key = parseMasterKey(kept.trim());
  if (!key) {
    throw new SettingsError([
      { name: 'MASTER_KEY', message: `${file} does not hold 32 bytes in base64; put the right key back` },
    ]);
  }
  return settings.with({ masterKey: key.toString('base64') });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unusable(file, error);
  }
}

function make(file: string): string {
  const text = `${randomBytes(32).toString('base64')}\n`;
  const draft = `${file}.${process.pid}`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // link() fails where the file exists: of two first starts one key wins, and a half-written one is never seen.
    linkSync(draft, file);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(file, 'utf8');
    throw unusable(file, error);
  } finally {
    rmSync(draft, { force: true });
  }
}
