import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { AppError, Log } from '#libs/platform/telemetry/index.js';
import { Lane } from './lane.js';

const log = Log.create('silent');
const poison = Object.assign(new Error('invalid input'), { code: '22P05' });

describe('the lane', () => {
  it('stores everything but the poisoned, once each and in order, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (poisoned) => {
        const stored: number[] = [];
        const lane = new Lane<number>(
          async (items) => {
            await Promise.resolve();
            if (items.some((item) => poisoned[item])) throw poison;
            stored.push(...items);
          },
          10,
          log,
        );
        const results = await Promise.all(poisoned.map((_, index) => lane.add(index)));
        expect(results).toEqual(poisoned.map((bad) => !bad));
        expect(stored).toEqual(poisoned.flatMap((bad, index) => (bad ? [] : [index])));
        expect(lane.waiting).toBe(0);
      }),
    );
  });

  it('what arrives while a batch is stored forms the next one', async () => {
    const batches: number[][] = [];
    let release = (): void => undefined;
    const lane = new Lane<number>(
      (items) => {
        batches.push(items);
        return new Promise((resolve) => (release = resolve));
      },
      10,
      log,
    );
    const first = lane.add(1);
    const later = [2, 3, 4].map((item) => lane.add(item));
    release();
    await first;
    await vi.waitFor(() => expect(batches).toHaveLength(2));
    release();
    await Promise.all(later);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('writes the next batch while one is being committed, never before its rows are locked, never a third', async () => {
    const pause = (turns: number): Promise<void> =>
      turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)).then(() => pause(turns - 1));
    const turns = fc.record({ written: fc.nat({ max: 3 }), committed: fc.integer({ min: 4, max: 8 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(turns, { minLength: 30, maxLength: 30 }), async (times) => {
        let [writing, underWay, overlaps] = [0, 0, 0];
        const order: number[] = [];
        const lane = new Lane<number>(
          async (items, onWritten) => {
            const { written, committed } = times[order.length % times.length]!;
            order.push(...items);
            writing += 1;
            underWay += 1;
            expect(writing).toBe(1);
            expect(underWay).toBeLessThanOrEqual(2);
            if (underWay === 2) overlaps += 1;
            await pause(written);
            writing -= 1;
            onWritten();
            await pause(committed);
            underWay -= 1;
          },
          2,
          log,
        );
        const all = Array.from({ length: 30 }, (_, item) => item);
        await Promise.all(all.map((item) => lane.add(item)));
        expect(order).toEqual(all);
        expect(overlaps).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('without a database everybody is asked to come again, and nobody is tried one by one', async () => {
    let tries = 0;
    const lane = new Lane<number>(
      async () => {
        tries += 1;
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      },
      10,
      log,
    );
    const faults = await Promise.all([1, 2, 3].map((item) => lane.add(item).catch((fault: unknown) => fault)));
    expect(faults.every((fault) => fault instanceof AppError && fault.status === 503)).toBe(true);
    expect(tries).toBeLessThanOrEqual(2);
  });
});
