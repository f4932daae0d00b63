import 'reflect-metadata';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../libs/platform/database/embedded/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address with the right to make databases, and the name of the migrated one to clone. null: nobody asked for it. */
    postgres: { url: string; template: string } | null;
  }
}

const prefix = 'madoguchi-test-';

/** One PostgreSQL for the whole run, with a migrated database that test files clone. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  if (!(await isNeeded(project))) return project.provide('postgres', null);
  const server = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
    : await startThrowaway();
  const template = `madoguchi_template_${process.pid}`;
  try {
    await admin(server.url, `drop database if exists ${template}`, `create database ${template}`);
    await migrate(withDatabase(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgres', { url: server.url, template });
  return async () => {
    if (process.env.TEST_DATABASE_URL) await admin(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

/** Rules alone need no database: `vitest run --project unit` starts at once. */
async function isNeeded({ vitest }: TestProject): Promise<boolean> {
  const { filenamePattern } = vitest as { filenamePattern?: string[] };
  const selected = await vitest.globTestSpecifications(filenamePattern);
  return selected.some(
    ({ project, moduleId }) =>
      project.name !== 'unit' || /support\/(postgres|console)/.test(readFileSync(moduleId, 'utf8')),
  );
}

async function startThrowaway() {
  sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ dataDir, database: 'postgres', durable: false });
    return { url: server.url, stop: () => server.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs that were killed could not tidy up. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function migrate(url: string): Promise<void> {
  const schema = new URL('../../apps/console/schema.ts', import.meta.url);
  if (!existsSync(schema)) return;
  const { migrateDatabase } = (await import('../../apps/console/schema.js')) as {
    migrateDatabase(url: string): Promise<unknown>;
  };
  await migrateDatabase(url);
}

async function admin(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
