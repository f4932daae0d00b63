import { resolve } from 'node:path';

export const roles = ['all', 'web', 'worker'] as const;
export type Role = (typeof roles)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Everything the surroundings decide, read once at the start and the same for the life of the process.
 * Libs inject this class; none of them reads the environment. `new Settings({ port: 0 })` gives the
 * defaults with one value changed, which is what tests want.
 */
export class Settings {
  /** Where the console listens; 0 takes any free port. */
  readonly port: number;
  /** Where the carrier simulator listens, on loopback only. */
  readonly simPort: number;
  /** null: the embedded PostgreSQL is to be started. */
  readonly databaseUrl: string | null;
  /** null: PostgreSQL carries the fleeting traffic too. */
  readonly redisUrl: string | null;
  /** null: media lie on disk below `dataDir`. Otherwise `s3://bucket/prefix?endpoint=…&region=…`. */
  readonly mediaUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  /** 32 bytes in base64, whichever way they were written in the environment; null where none was given. */
  readonly masterKey: string | null;
  /** How browsers and carriers reach the console; no slash at the end. */
  readonly publicUrl: string;
  readonly role: Role;
  readonly logLevel: LogLevel;
  /** So long an agent whose line was lost keeps her place; after that she is offline. */
  readonly agentGraceSeconds: number;
  /** Whether bots over HTTP may live in private networks, this machine's own among them. */
  readonly botsInside: boolean;
  /** Packages whose bots answer here: names, or absolute paths. */
  readonly botPackages: readonly string[];
  /** No demo, no secrets of our own making. */
  readonly production: boolean;

  constructor(values: Partial<Settings> = {}) {
    this.port = values.port ?? 3000;
    this.simPort = values.simPort ?? 3001;
    this.databaseUrl = values.databaseUrl ?? null;
    this.redisUrl = values.redisUrl ?? null;
    this.mediaUrl = values.mediaUrl ?? null;
    this.dataDir = resolve(values.dataDir ?? '.data');
    this.masterKey = values.masterKey ?? null;
    this.publicUrl = (values.publicUrl ?? `http://localhost:${this.port}`).replace(/\/+$/, '');
    this.role = values.role ?? 'all';
    this.logLevel = values.logLevel ?? 'info';
    this.agentGraceSeconds = values.agentGraceSeconds ?? 45;
    this.production = values.production ?? false;
    this.botPackages = values.botPackages ?? [];
    this.botsInside = values.botsInside ?? !this.production;
  }

  /** The same settings with some of them replaced, e.g. once the embedded database has told its address. */
  with(values: Partial<Settings>): Settings {
    return new Settings({ ...this, ...values });
  }
}
