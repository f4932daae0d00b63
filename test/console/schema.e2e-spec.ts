import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { openDataSource } from '#libs/platform/database/index.js';
import { migrateDatabase, schema } from '../../apps/console/schema.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

let database: FreshDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await openDataSource(database.url, schema, { poolSize: 2 }).initialize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

describe('the schema', () => {
  it('every column of every entity is in the migrated database, with its type', async () => {
    for (const { tableName, columns } of dataSource.entityMetadatas) {
      const there = await dataSource.query<{ column_name: string; is_nullable: string; udt_name: string }[]>(
        'select column_name, is_nullable, udt_name from information_schema.columns where table_name = $1',
        [tableName],
      );
      const udt: Record<string, string> = { bigint: 'int8', smallint: 'int2', integer: 'int4', boolean: 'bool' };
      for (const column of columns) {
        const found = there.find((each) => each.column_name === column.databaseName);
        const type = String(column.type);
        expect({ tableName, column: column.databaseName, type: found?.udt_name, nullable: found?.is_nullable }).toEqual(
          {
            tableName,
            column: column.databaseName,
            type: column.isArray ? `_${udt[type] ?? type}` : (udt[type] ?? type),
            nullable: column.isNullable ? 'YES' : 'NO',
          },
        );
      }
    }
    expect(dataSource.entityMetadatas.length).toBeGreaterThan(5);
  });

  it('several nodes may bring an empty database up to date at once', async () => {
    await dataSource.query('drop schema public cascade; create schema public; drop schema graphile_worker cascade');
    await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url), migrateDatabase(database.url)]);
    expect(await dataSource.runMigrations()).toEqual([]);
    const [made] = await dataSource.query<{ count: number }[]>('select count(*)::int as count from migrations');
    expect(made!.count).toBe(schema.flatMap(({ migrations }) => migrations).length);
  });
});
