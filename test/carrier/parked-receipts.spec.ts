import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ParkedReceipts, type InboundReceipt } from '#libs/carrier/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { openHouse, type House } from './house.js';

let house: House;
let parked: ParkedReceipts;
let transactions: Transactions;
let connectionId: string;

beforeAll(async () => {
  house = await openHouse();
  parked = house.get(ParkedReceipts);
  transactions = house.get(Transactions);
});
afterAll(() => house?.close());
beforeEach(async () => {
  connectionId = (await house.connect()).id;
});

const report = (
  carrierMessageId: string,
  status: InboundReceipt['status'],
  detail: string | null = null,
): InboundReceipt => ({
  kind: 'receipt',
  connectionId,
  carrierMessageId,
  status,
  detail,
  at: new Date('2026-01-05T03:04:05.678Z'),
});
const run = <T>(work: (tx: Tx) => Promise<T>) => transactions.run(work);

describe('reports that overtook their send', () => {
  it('wait for their own message and are handed out once', async () => {
    await run((tx) =>
      parked.park(tx, [report('a', 'delivered'), report('a', 'failed', 'no route'), report('b', 'read')]),
    );
    const claimed = await run((tx) => parked.claim(tx, connectionId, 'a'));
    expect(claimed.sort((x, y) => x.status.localeCompare(y.status))).toEqual([
      report('a', 'delivered'),
      report('a', 'failed', 'no route'),
    ]);
    expect(await run((tx) => parked.claim(tx, connectionId, 'a'))).toEqual([]);
    expect(await run((tx) => parked.claim(tx, connectionId, 'b'))).toHaveLength(1);
  });

  it('are parked once, however often they come, also twice in one batch', async () => {
    await run((tx) => parked.park(tx, [report('a', 'read'), report('a', 'read')]));
    await run((tx) => parked.park(tx, [report('a', 'read')]));
    expect(await run((tx) => parked.claim(tx, connectionId, 'a'))).toEqual([report('a', 'read')]);
  });

  it('stay parked when the transaction that claimed them is taken back', async () => {
    await run((tx) => parked.park(tx, [report('a', 'read')]));
    await expect(
      run(async (tx) => {
        expect(await parked.claim(tx, connectionId, 'a')).toHaveLength(1);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await run((tx) => parked.claim(tx, connectionId, 'a'))).toHaveLength(1);
  });

  it('never found by a message are dropped in the end', async () => {
    await run((tx) => parked.park(tx, [report('old', 'read'), report('new', 'read')]));
    await house.query(
      `update carrier_receipts_parked set parked_at = now() - interval '8 days' where carrier_message_id = 'old' and connection_id = $1`,
      [connectionId],
    );
    expect(await parked.dropOlderThan(7)).toBe(1);
    expect(await run((tx) => parked.claim(tx, connectionId, 'new'))).toHaveLength(1);
  });
});

describe('a report and the answer to its send at the same moment', () => {
  beforeAll(async () => {
    await house.query('create table sent_here (carrier_message_id text primary key, status text)');
  });

  /** As the lib above does it: apply to the message when there is one, park otherwise. */
  async function reportComes(name: string, hold: boolean, between: () => Promise<unknown> = async () => undefined) {
    await run(async (tx) => {
      if (hold) await parked.hold(tx, [report(name, 'read')]);
      const sql = `update sent_here set status = 'read' where carrier_message_id = $1 returning 1`;
      const found = await tx.query(sql, [name]);
      await between();
      if (found.length === 0) await parked.park(tx, [report(name, 'read')]);
    });
  }

  async function answerComes(name: string, hold: boolean) {
    await run(async (tx) => {
      if (hold) await parked.hold(tx, [{ connectionId, carrierMessageId: name }]);
      await tx.query(`insert into sent_here values ($1, 'sent')`, [name]);
      for (const { status } of await parked.claim(tx, connectionId, name))
        await tx.query('update sent_here set status = $2 where carrier_message_id = $1', [name, status]);
    });
  }

  const statusOf = async (name: string) =>
    (await house.query<{ status: string }>('select status from sent_here where carrier_message_id = $1', [name]))[0]
      ?.status;

  it('miss each other without a hold: the danger is real', async () => {
    await reportComes('m1', false, () => answerComes('m1', false));
    expect(await statusOf('m1')).toBe('sent');
  });

  it('meet with a hold', async () => {
    let answer: Promise<void> = Promise.resolve();
    await reportComes('m2', true, async () => {
      answer = answerComes('m2', true);
      await waitsForLock();
    });
    await answer;
    expect(await statusOf('m2')).toBe('read');
  });

  it('meet in whatever order, many at once', async () => {
    const names = Array.from({ length: 40 }, (_, place) => `many${place}`);
    const both = (name: string) => [reportComes(name, true), answerComes(name, true)];
    await Promise.all(names.flatMap((name, place) => (place % 2 === 0 ? both(name) : both(name).toReversed())));
    expect(await Promise.all(names.map(statusOf))).toEqual(names.map(() => 'read'));
  });

  /** Until another transaction of this database really stands in the queue for an advisory lock. */
  async function waitsForLock(): Promise<void> {
    await expect
      .poll(async () => {
        const sql = `select 1 from pg_locks where locktype = 'advisory' and not granted
                     and database = (select oid from pg_database where datname = current_database())`;
        return (await house.query(sql)).length;
      })
      .toBe(1);
  }
});
