import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';
import { withMasterKey } from './master-key.js';
import { SettingsError } from './settings-error.js';

const key = 'rE9u0cWQmUo4mWq0yO2c1b7q5Vd3z5Xn8kLr2tYf6hA=';
const production = { DATABASE_URL: 'postgres://m:9f3kq2@db.example.jp/m', MASTER_KEY: key };

function faultsOf(env: NodeJS.ProcessEnv, options?: { production: boolean }): string[] {
  try {
    loadSettings(env, options);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).faults.map(({ name }) => name);
  }
}

describe('settings', () => {
  it('need nothing from the environment for the embedded start', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({ port: 3000, simPort: 3001, databaseUrl: null, masterKey: null, role: 'all' });
    expect(settings.publicUrl).toBe('http://localhost:3000');
    expect(settings.dataDir).toBe(join(process.cwd(), '.data'));
  });

  it('take an empty variable for one that is not set', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: ' ', ROLE: '' })).toEqual(loadSettings({}));
  });

  it('list every fault together', () => {
    const env = {
      PORT: '70000',
      DATABASE_URL: 'mysql://db',
      REDIS_URL: 'db',
      MASTER_KEY: 'short',
      ROLE: 'king',
      LOG_LEVEL: '11',
      AGENT_GRACE_SECONDS: '2',
    };
    expect(faultsOf(env).sort()).toEqual(Object.keys(env).sort());
  });

  it('never repeat a secret in a fault', () => {
    const env = { DATABASE_URL: 'postgres//user:hunter2@db', MASTER_KEY: 'hunter2' };
    expect(() => loadSettings(env)).toThrow(SettingsError);
    try {
      loadSettings(env);
    } catch (error) {
      expect(String((error as Error).message)).not.toContain('hunter2');
    }
  });

  it('keep console and simulator on different ports', () => {
    expect(faultsOf({ PORT: '3001' })).toEqual(['SIM_PORT']);
    expect(faultsOf({ PORT: '0', SIM_PORT: '0' })).toEqual([]);
  });

  it('read a master key in hex and in either base64, and hand on one spelling', () => {
    const bytes = Buffer.from(key, 'base64');
    for (const spelling of [key, bytes.toString('hex'), bytes.toString('base64url')]) {
      expect(loadSettings({ MASTER_KEY: spelling }).masterKey).toBe(key);
    }
  });

  it('leave no slash at the end of the public address', () => {
    expect(loadSettings({ PUBLIC_URL: 'https://console.example.jp/' }).publicUrl).toBe('https://console.example.jp');
    expect(faultsOf({ PUBLIC_URL: 'console.example.jp' })).toEqual(['PUBLIC_URL']);
  });
});

describe('in production', () => {
  it('database and master key must be given', () => {
    expect(faultsOf({}, { production: true })).toEqual(['DATABASE_URL', 'MASTER_KEY']);
    expect(faultsOf(production, { production: true })).toEqual([]);
  });

  it.each([
    ['text', Buffer.from('this is the key of our call center').subarray(0, 32)],
    ['zeros', Buffer.alloc(32)],
    ['counting', Buffer.from(Array.from({ length: 32 }, (_, i) => i))],
    ['a few bytes over and over', Buffer.from('deadbeef'.repeat(8), 'hex')],
  ])('a master key of %s is refused', (_, bytes) => {
    const env = { ...production, MASTER_KEY: bytes.toString('base64') };
    expect(faultsOf(env, { production: true })).toEqual(['MASTER_KEY']);
    expect(faultsOf(env)).toEqual([]);
  });

  it('a password of the database that anybody would try is refused, unless the database is this machine’s own', () => {
    const at = (host: string) => ({ ...production, DATABASE_URL: `postgres://postgres:postgres@${host}/m` });
    expect(faultsOf(at('db.example.jp'), { production: true })).toEqual(['DATABASE_URL']);
    expect(faultsOf(at('127.0.0.1'), { production: true })).toEqual([]);
  });
});

describe('the master key of the embedded start', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = join(mkdtempSync(join(tmpdir(), 'settings-')), 'data')));
  afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }));

  it('is made once, for its owner’s eyes, and read again', () => {
    const first = withMasterKey(loadSettings({ DATA_DIR: dataDir }));
    const file = join(dataDir, 'master.key');
    expect(Buffer.from(first.masterKey ?? '', 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim()).toBe(first.masterKey);
    expect(withMasterKey(loadSettings({ DATA_DIR: dataDir })).masterKey).toBe(first.masterKey);
  });

  it('is not replaced when the file is damaged: the credentials sealed with it would be lost', () => {
    withMasterKey(loadSettings({ DATA_DIR: dataDir }));
    writeFileSync(join(dataDir, 'master.key'), 'half');
    expect(() => withMasterKey(loadSettings({ DATA_DIR: dataDir }))).toThrow(/put the right key back/);
  });

  it('names the directory that cannot take it', () => {
    writeFileSync(dataDir, 'a file');
    expect(() => withMasterKey(loadSettings({ DATA_DIR: dataDir }))).toThrow(/DATA_DIR: .* cannot be written/);
    expect(() => withMasterKey(loadSettings({ DATA_DIR: '/proc/nowhere' }))).toThrow(/cannot be written|DATA_DIR/);
  });
});
