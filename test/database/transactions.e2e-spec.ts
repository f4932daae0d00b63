import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { openDataSource, Transactions, type Tx } from '../../libs/platform/database/index.js';
import type { Log } from '../../libs/platform/telemetry/index.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

let database: FreshDatabase;
let source: DataSource;
let transactions: Transactions;
const told: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  source = await openDataSource(database.url, [], { poolSize: 2 }).initialize();
  const tell = (_fields: object, message: string): void => void told.push(message);
  transactions = new Transactions(source, { error: tell, warn: tell } as unknown as Log);
  await source.query('create table words (word text primary key)');
});
beforeEach(async () => {
  told.length = 0;
  await source.query('truncate words');
});
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

const write = (tx: Tx, word: string): Promise<unknown> => tx.query('insert into words values ($1)', [word]);
const written = async (): Promise<string[]> =>
  (await source.query<{ word: string }[]>('select word from words order by word')).map(({ word }) => word);
const last = (word: string) => () => ({ name: 'last', sql: 'insert into words values ($1)', params: [word] });

it('what is asked for last is part of the transaction, and hands its rows over before anybody hears of the commit', async () => {
  const heard: unknown[] = [];
  await transactions.run(async (tx) => {
    tx.beforeCommit(() => ({
      name: 'look',
      sql: 'select count(*)::int as n from words',
      params: [],
      take: (rows) => heard.push(...rows),
    }));
    tx.afterCommit(() => heard.push('committed'));
    await write(tx, 'first');
    heard.push('written');
  });
  expect(heard).toEqual(['written', { n: 1 }, 'committed']);
  expect(await written()).toEqual(['first']);
});

it('a fault in what goes out with COMMIT takes everything back, and nobody hears of it', async () => {
  const heard: string[] = [];
  const run = transactions.run(async (tx) => {
    tx.beforeCommit(last('twice'));
    tx.afterCommit(() => heard.push('committed'));
    tx.onUncertain(() => heard.push('uncertain'));
    await write(tx, 'twice');
  });
  await expect(run).rejects.toMatchObject({ code: '23505' });
  expect(heard).toEqual(['uncertain']);
  expect(await written()).toEqual([]);
});

it('a fault that the work passed over is no commit', async () => {
  const run = transactions.run(async (tx) => {
    await write(tx, 'kept?');
    await tx.query('select 1 / 0').catch(() => undefined);
  });
  await expect(run).rejects.toThrow('nothing was committed');
  expect(await written()).toEqual([]);
});

it('a fault of the work, or in asking for the last, rolls back, and the connection is as good as new', async () => {
  const faults = [
    (): Promise<void> => Promise.reject(new Error('of the work')),
    async (tx: Tx): Promise<void> => {
      await write(tx, 'gone');
      tx.beforeCommit(() => {
        throw new Error('of the last');
      });
    },
  ];
  for (const fault of faults) await expect(transactions.run(fault)).rejects.toThrow(/^of the/);
  await transactions.run(async (tx) => void (await write(tx, 'after')));
  expect(await written()).toEqual(['after']);
  expect(told).toEqual([]);
});

it('a connection that dies is told, and the next transaction has another', async () => {
  const run = transactions.run(async (tx) => {
    const [{ pid }] = (await tx.query('select pg_backend_pid() as pid')) as [{ pid: number }];
    await source.query('select pg_terminate_backend($1)', [pid]);
    await write(tx, 'never');
  });
  await expect(run).rejects.toThrow();
  await transactions.run(async (tx) => void (await write(tx, 'after')));
  expect(await written()).toEqual(['after']);
});

it('many at once, more than there are connections, each its own', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, place) => transactions.run(async (tx) => void (await write(tx, `${100 + place}`)))),
  );
  expect(await written()).toHaveLength(40);
});
