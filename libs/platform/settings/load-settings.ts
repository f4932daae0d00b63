import { resolve } from 'node:path';
import { isGuessableKey, parseMasterKey } from './master-key.js';
import { SettingsError, type SettingsFault } from './settings-error.js';
import { logLevels, roles, Settings } from './settings.js';

const giveawayPasswords = new Set(['', 'postgres', 'password', 'madoguchi', 'changeme', 'secret', 'admin', 'example']);
const loopback = new Set(['', 'localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the environment once. Faults are gathered and thrown together as one `SettingsError`.
 * In production the database and the master key must be given, and secrets that anybody could guess are refused.
 */
export function loadSettings(env: NodeJS.ProcessEnv, { production = false } = {}): Settings {
  const faults: SettingsFault[] = [];
  const fault = (name: string, message: string): undefined => void faults.push({ name, message });
  const text = (name: string) => env[name]?.trim() || undefined;

  function port(name: string): number | undefined {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = Number(given);
    if (/^\d+$/.test(given) && value <= 65535) return value;
    return fault(name, `must be a number from 0 to 65535, not '${given}'`);
  }

  function seconds(name: string, least: number, most: number): number | undefined {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    return fault(name, `must be a number of seconds from ${least} to ${most}, not '${given}'`);
  }

  function oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const given = text(name);
    if (given === undefined) return undefined;
    const choice = choices.find((each) => each === given);
    return choice ?? fault(name, `must be one of ${choices.join(', ')}, not '${given}'`);
  }

  // What was given is not repeated in the message: an address may hold a password.
  function address(name: string, protocols: string[], example: string): URL | undefined {
    const given = text(name);
    if (given === undefined) return undefined;
    const url = URL.canParse(given) ? new URL(given) : undefined;
    return url && protocols.includes(url.protocol) ? url : fault(name, `must be an address like ${example}`);
  }

  const database = address('DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name');
  const redis = address('REDIS_URL', ['redis:', 'rediss:'], 'redis://host:6379');
  const media = address('MEDIA_URL', ['s3:'], 's3://bucket/prefix?region=ap-northeast-1');
  const publicUrl = address('PUBLIC_URL', ['http:', 'https:'], 'https://console.example.jp');
  if (publicUrl && (publicUrl.search || publicUrl.hash)) fault('PUBLIC_URL', 'must have no query and no fragment');
  // Better refused than ignored: the media would lie on one machine's disk while everybody trusts in the bucket.
  if (media) fault('MEDIA_URL', 'is not supported yet; leave it unset, and the media lie on disk under DATA_DIR');

  const givenKey = text('MASTER_KEY');
  const masterKey = givenKey === undefined ? null : parseMasterKey(givenKey);
  if (givenKey !== undefined && !masterKey) {
    fault('MASTER_KEY', 'must be 32 bytes in base64 or hex; `openssl rand -base64 32` makes one');
  }

  if (production) {
    if (!text('DATABASE_URL'))
      fault('DATABASE_URL', 'is required in production, as in postgres://user:password@host:5432/name');
    if (database && !loopback.has(database.hostname) && giveawayPasswords.has(database.password)) {
      fault(
        'DATABASE_URL',
        'has no password, or one that anybody would try first; give the database user a password of its own',
      );
    }
    if (givenKey === undefined) fault('MASTER_KEY', 'is required in production; `openssl rand -base64 32` makes one');
    if (masterKey && isGuessableKey(masterKey)) {
      fault('MASTER_KEY', 'is an example or was typed by hand; `openssl rand -base64 32` makes a real one');
    }
  }

  const consolePort = port('PORT');
  const simPort = port('SIM_PORT');
  if (!production && consolePort !== 0 && (consolePort ?? 3000) === (simPort ?? 3001)) {
    fault('SIM_PORT', `is the same as PORT (${consolePort ?? 3000}); the simulator needs a port of its own`);
  }

  const settings = new Settings({
    port: consolePort,
    simPort,
    databaseUrl: database ? text('DATABASE_URL') : null,
    redisUrl: redis ? text('REDIS_URL') : null,
    mediaUrl: media ? text('MEDIA_URL') : null,
    dataDir: resolve(text('DATA_DIR') ?? '.data'),
    masterKey: masterKey?.toString('base64') ?? null,
    publicUrl: publicUrl?.href,
    role: oneOf('ROLE', roles),
    logLevel: oneOf('LOG_LEVEL', logLevels),
    botPackages: (text('BOT_PACKAGES') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => (/^[./]/.test(name) ? resolve(name) : name)),
    botsInside: { yes: true, no: false }[oneOf('BOTS_INSIDE', ['yes', 'no']) ?? (production ? 'no' : 'yes')],
    agentGraceSeconds: seconds('AGENT_GRACE_SECONDS', 5, 3600),
    production,
  });
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}
