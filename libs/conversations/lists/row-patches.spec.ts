import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationRow } from '#libs/contracts/index.js';
import { RowPatches } from './row-patches.js';

const row = (version: number, id = '1') => ({ id, version }) as ConversationRow;

describe('patches of list rows', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const patches = () => {
    const sent: number[] = [];
    const all = new RowPatches();
    return { sent, all, patch: (version: number) => all.patch(row(version), () => sent.push(version)) };
  };

  it('the first goes at once, the newest of a burst follows, nothing else', () => {
    const { sent, patch } = patches();
    for (let version = 1; version <= 50; version += 1) patch(version);
    expect(sent).toEqual([1]);
    vi.advanceTimersByTime(30);
    expect(sent).toEqual([1, 50]);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([1, 50]);
    patch(51);
    expect(sent).toEqual([1, 50, 51]);
  });

  it('a message that comes a moment after the one before does not wait', () => {
    const { sent, patch } = patches();
    for (const version of [1, 2, 3, 4]) {
      patch(version);
      expect(sent.at(-1)).toBe(version);
      vi.advanceTimersByTime(40);
    }
  });

  it('a row that never comes to rest is told less and less often, no less than every 150 ms', () => {
    const { sent, patch } = patches();
    for (let version = 1; version <= 200; version += 1) {
      patch(version);
      vi.advanceTimersByTime(10);
    }
    // At 0, 30, 90 and 210 ms, then every 150 ms.
    expect(sent.length).toBe(4 + Math.floor((2000 - 210) / 150));
    vi.advanceTimersByTime(150);
    expect(sent.at(-1)).toBe(200);
  });

  it('what comes late and is older is dropped', () => {
    const { sent, patch } = patches();
    patch(5);
    patch(7);
    patch(6);
    vi.advanceTimersByTime(150);
    expect(sent).toEqual([5, 7]);
  });

  it('after the rest, too, it is known for a while what went out', () => {
    const { sent, all, patch } = patches();
    patch(5);
    vi.advanceTimersByTime(140);
    expect(all.isStale(row(4))).toBe(true);
    patch(4);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([5]);
    expect(all.isStale(row(4))).toBe(false);
  });

  it('a change of who may see it waits for nothing, and nothing older follows', () => {
    const { sent, all, patch } = patches();
    patch(1);
    patch(2);
    all.now(row(3), () => sent.push(3));
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([1, 3]);
  });

  it('another row does not wait', () => {
    const { sent, all, patch } = patches();
    patch(1);
    all.patch(row(9, '2'), () => sent.push(9));
    expect(sent).toEqual([1, 9]);
  });
});
