import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunnerPool } from '../../libs/platform/jobs/runner-pool.js';
import { FleetingConnections } from '../../libs/platform/realtime/fleeting-connections.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database?.drop());

it('a job runner may give its listening connection back twice', async () => {
  const pool = new RunnerPool({ connectionString: database.url, max: 1 });
  await new Promise<void>((done) =>
    pool.connect((_fault, _client, giveBack) => {
      giveBack();
      giveBack();
      done();
    }),
  );
  expect((await pool.query<{ n: number }>('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await pool.end();
});

it('a job runner that asks a pool which has ended hears that, and may give back what it did not get', async () => {
  const pool = new RunnerPool({ connectionString: database.url, max: 1 });
  await pool.end();
  const fault = await new Promise<Error | undefined>((done) =>
    pool.connect((failed, _client, giveBack) => {
      giveBack();
      done(failed);
    }),
  );
  expect(fault?.message).toContain('after calling end');
});

describe('what the Socket.IO adapter listens on', () => {
  const sessions = async (connections: FleetingConnections): Promise<number> => {
    const sql = `select count(*)::int as n from pg_stat_activity
      where application_name = 'madoguchi-fleeting' and datname = current_database() and query like 'listen %'`;
    return ((await connections.query(sql, [])).rows as { n: number }[])[0]!.n;
  };

  it('is one connection, however often it comes for another, and can always be closed', async () => {
    const connections = new FleetingConnections(database.url, () => undefined);
    let ends = 0;
    for (let times = 0; times < 5; times += 1) {
      const client = await connections.connect();
      client.on('end', () => (ends += 1));
      await client.query('listen something');
    }
    await eventually(async () => (await sessions(connections)) === 1, 'the older ones to be gone');
    expect(ends, 'nobody comes again for one that was let go').toBe(0);
    await connections.close();
  });

  it('tells the adapter when it was cut, and is not used up by that', async () => {
    const connections = new FleetingConnections(database.url, () => undefined);
    for (let times = 0; times < 5; times += 1) {
      const client = await connections.connect();
      const cut = new Promise((resolve) => client.once('end', resolve));
      const { rows } = (await client.query('select pg_backend_pid() as pid')) as { rows: { pid: number }[] };
      await connections.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
      await cut;
    }
    expect(await sessions(connections)).toBe(0);
    await connections.close();
  });
});
