import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '#libs/platform/database/embedded/index.js';
import { fill, FORM } from './filling.js';
import { withClient } from './premises.js';

export interface Size {
  name: string;
  conversations: number;
}

const PREFIX = 'bench_run_';

/**
 * The bench's own PostgreSQL, as the console itself would start it: durable, with the settings that are shipped. Filled
 * databases are kept between runs; a run works on copies, so that each begins with the same.
 */
export class Databases {
  private constructor(
    private readonly url: string,
    readonly dataDir: string,
    private readonly onStep: (text: string) => void,
    readonly stop: () => Promise<void>,
  ) {}

  static async open(dataDir: string, onStep: (text: string) => void): Promise<Databases> {
    mkdirSync(dataDir, { recursive: true });
    onStep('Starting PostgreSQL');
    const postgres = await startEmbeddedPostgres({ dataDir, database: 'bench', durable: true });
    const databases = new Databases(postgres.url, dataDir, onStep, () => postgres.stop());
    await databases.dropCopies();
    return databases;
  }

  /** A filled database of this size to work on. */
  async copy(size: Size, as: string): Promise<string> {
    const template = await this.filled(size);
    const name = `${PREFIX}${as}`;
    this.onStep(`Copying ${template} for ${as}`);
    await this.admin(`create database ${name} template ${template} strategy file_copy`);
    return this.urlOf(name);
  }

  async dropCopies(): Promise<void> {
    for (const name of await this.names(`${PREFIX}%`)) await this.admin(`drop database ${name} with (force)`);
  }

  private async filled({ name, conversations }: Size): Promise<string> {
    const template = `bench_${name}_${conversations}_${FORM}_${schemaMark()}`;
    const known = await this.names(`bench\\_${name}\\_%`);
    if (known.includes(template)) return template;
    for (const old of known) await this.admin(`drop database ${old} with (force)`);
    this.onStep(`Filling a database with ${conversations} conversations and ${conversations * 20} messages`);
    const draft = `${PREFIX}draft`;
    await this.admin(`create database ${draft}`);
    await fill(this.urlOf(draft), conversations, this.dataDir);
    await this.admin(`alter database ${draft} rename to ${template}`);
    return template;
  }

  private names(pattern: string): Promise<string[]> {
    return withClient(this.url, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        'select datname from pg_database where datname like $1',
        [pattern],
      );
      return rows.map(({ datname }) => datname);
    });
  }

  private admin(statement: string): Promise<unknown> {
    return withClient(this.url, (client) => client.query(statement));
  }

  private urlOf(name: string): string {
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return url.href;
  }
}

/** Tables that have changed are not worth keeping: migrations may not have been released yet. */
function schemaMark(): string {
  const libs = fileURLToPath(new URL('../../libs', import.meta.url));
  const hash = createHash('sha256');
  for (const file of readdirSync(libs, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('migration.js')) hash.update(readFileSync(join(libs, file)));
  }
  return hash.digest('hex').slice(0, 8);
}
