import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Installation } from './installation.js';
import { Shift } from './shift.js';

const PATIENCE = 150_000;

let house: Installation;
let shift: Shift;

beforeAll(async () => {
  house = await Installation.open();
}, PATIENCE);

afterEach(async () => {
  shift?.end();
  await house.faults({});
});

afterAll(() => house?.close(), PATIENCE);

const inARow = async (count: number, act: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await act(n);
};

describe('a death in the middle of', () => {
  it('2,000 inbound messages: the carrier repeats what it was not told 2xx for', { timeout: PATIENCE }, async () => {
    shift = await Shift.begin(house, 40);
    const writing = Promise.all(shift.counters.map(({ customer }) => inARow(50, (n) => customer.writes(`${n}`))));
    const told = async () => (await house.ledger(shift.account)).customer.filter(({ toldAt }) => toldAt).length;
    await eventually(async () => (await told()) >= 500, 'the first five hundred', 60_000);
    await house.webs[0].killed();
    const [before] = await Promise.all([told(), house.webs[0].comesBack()]);
    expect(before).toBeLessThan(2000);
    await writing;
    await shift.atRest();
    expect(await shift.books()).toMatchObject({ inbound: 2040, faults: [] });
    await shift.screensAgree();
  });

  it(
    'sending, with one in ten answered 500: everything arrives, in order, doubles marked',
    { timeout: PATIENCE },
    async () => {
      shift = await Shift.begin(house, 6);
      await house.faults({ slowMs: 40, status500: { rate: 0.1 } });
      const taken = async () => (await house.ledger(shift.account)).bot.length;
      const posting = Promise.all(
        shift.counters.map((counter, c) => inARow(15, (n) => shift.answers(counter, `${c}-${n}`))),
      );
      await eventually(async () => (await taken()) >= 20, 'the first twenty', 60_000);
      await house.worker.killed();
      const [died, before] = [performance.now(), await taken()];
      const resumed = eventually(async () => (await taken()) > before, 'the sending to go on', 30_000).then(
        () => (performance.now() - died) / 1000,
      );
      await Promise.all([posting, house.worker.comesBack()]);
      console.log(`sent again ${(await resumed).toFixed(1)} s after the worker was killed`);
      expect(await resumed).toBeLessThan(30);
      await shift.atRest();
      const found = await shift.books();
      console.log(`of ${found.outbound} messages ${found.twiceAndMarked} went out twice, and are marked`);
      expect(found).toMatchObject({ outbound: 90, unknown: 0, faults: [] });
      for (const [c, { customer }] of shift.counters.entries()) {
        const shown = (await customer.sees()).filter(({ from }) => from === 'bot').map(({ content }) => content.text);
        expect([...new Set(shown)], 'on the handset').toEqual(Array.from({ length: 15 }, (_, n) => `${c}-${n + 1}`));
      }
      await shift.screensAgree();
    },
  );

  it('the database: nodes live, say so, and go on', { timeout: PATIENCE }, async () => {
    shift = await Shift.begin(house, 6);
    const ready = () => Promise.all(house.nodes.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
    expect(await ready()).toEqual([200, 200, 200]);
    const [counter] = shift.counters;
    await shift.answers(counter!, 'まえ');
    await house.postgres.stop();
    await eventually(async () => (await ready()).every((status) => status === 503), 'all nodes to say so');
    for (const { url } of house.nodes) expect((await fetch(`${url}/healthz`)).status).toBe(200);

    const writing = Promise.all(shift.counters.map(({ customer }) => inARow(10, (n) => customer.writes(`${n}`))));
    const refused = await counter!.agent.at(house.webs[0].url).posts(counter!.conversationId, 'いま');
    expect({ status: refused.status, code: refused.body.error?.code }).toEqual({ status: 503, code: 'busy' });
    const posting = Promise.all(shift.counters.map((each, c) => inARow(5, (n) => shift.answers(each, `${c}-${n}`))));
    await writing;
    expect((await house.ledger(shift.account)).customer.filter(({ toldAt }) => !toldAt)).toHaveLength(60);

    await house.postgres.startsAgain();
    await eventually(
      async () => (await ready()).every((status) => status === 200),
      'all nodes to be ready again',
      30_000,
    );
    await posting;
    expect(house.nodes.map(({ ownDeath }) => ownDeath)).toEqual([null, null, null]);
    await shift.atRest();
    expect(await shift.books()).toMatchObject({ inbound: 66, outbound: 31, faults: [] });
    expect(shift.refusals).toEqual([]);
    await shift.screensAgree();
  });
});
