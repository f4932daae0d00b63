import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

let mine: FreshDatabase;
let other: FreshDatabase;

beforeAll(async () => {
  [mine, other] = await Promise.all([freshDatabase(), freshDatabase()]);
});

afterAll(() => Promise.all([mine.drop(), other.drop()]));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

it('gives every test file a database that nobody else writes to', async () => {
  await ask(mine.url, 'create table only_here as select 1');
  expect(await ask(mine.url, `select to_regclass('only_here')::text`)).toBe('only_here');
  expect(await ask(other.url, `select to_regclass('only_here')::text`)).toBeNull();
});

it('knows the characters of Japanese words, so that they can be searched for', async () => {
  await ask(mine.url, 'create extension if not exists pg_trgm');
  expect(await ask(mine.url, `select show_trgm('日本語検索')`)).not.toEqual([]);
  expect(await ask(mine.url, `select array_length(show_trgm('日本語検索'), 1)`)).toBeGreaterThan(3);
});
