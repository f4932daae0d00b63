import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Installation } from './installation.js';
import { Shift } from './shift.js';

const PATIENCE = 150_000;
const POSTS = 30;

let house: Installation;
let healthy: Shift;
let sick: Shift;

beforeAll(async () => {
  house = await Installation.open();
  healthy = await Shift.begin(house, 3);
  sick = await Shift.begin(house, 24);
}, PATIENCE);

afterAll(async () => {
  healthy?.end();
  sick?.end();
  await house?.close();
}, PATIENCE);

/** Milliseconds from an agent's post to the carrier's 202, one post after the other. */
async function postTo202(): Promise<number[]> {
  const waits: number[] = [];
  for (let n = 0; n < POSTS; n += 1) {
    const text = randomUUID();
    const { last } = await house.ledger(healthy.account, Number.MAX_SAFE_INTEGER);
    const posted = Date.now();
    await healthy.answers(healthy.counters[n % 3]!, text);
    const taken = await eventually(
      async () => (await house.ledger(healthy.account, last)).bot.find((m) => m.body.RCSMessage?.textMessage === text),
      'the carrier to take it',
      30_000,
    );
    waits.push(Date.parse(taken.states[0]!.at) - posted);
  }
  return waits;
}

const p99 = (waits: number[]): number => waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1]!;
const sickness = (plan: object) => house.faults({ ...plan, botId: sick.account.botId });

/** Turn by turn, so that whatever else the machine does falls on both. */
async function measure(): Promise<{ without: number; beside: number }> {
  const [without, beside]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 2; turn += 1) {
    without.push(...(await postTo202()));
    await sickness({ slowMs: 20_000 });
    await Promise.all(sick.counters.map((counter) => sick.answers(counter, randomUUID())));
    beside.push(...(await postTo202()));
    const [waiting] = await house.postgres.query<{ n: number }>(
      `select count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
       where m.delivery = 'queued' and c.account_id = $1`,
      [sick.account.id],
    );
    expect(waiting!.n, 'the sick connection had enough to do').toBeGreaterThan(0);
    await sickness({});
    await sick.atRest();
  }
  return { without: p99(without), beside: p99(beside) };
}

it('a connection on which every call takes 20 s holds up nobody else', { timeout: 400_000 }, async () => {
  await postTo202(); // Connections, statements and tokens are there from now on.
  // Time is measured on a machine that others may use too; what is not a matter of time may not fail once.
  for (let tries = 1; ; tries += 1) {
    const { without, beside } = await measure();
    console.log(`post → 202, ${2 * POSTS} posts each: p99 ${without} ms, beside a sick connection ${beside} ms`);
    if (beside > 2 * without && tries < 3) continue;
    expect(beside).toBeLessThanOrEqual(2 * without);
    break;
  }
});
