import { describe, expect, it, vi } from 'vitest';
import { ShortMemory } from './short-memory.js';

describe('what is remembered for a few seconds', () => {
  it('loads once for many askers, and again when the time is over', async () => {
    let now = 0;
    const memory = new ShortMemory<string>(5_000, 10, () => now);
    const load = vi.fn(async () => 'value');
    await Promise.all([memory.get('a', load), memory.get('a', load)]);
    now = 4_999;
    await memory.get('a', load);
    expect(load).toHaveBeenCalledTimes(1);
    now = 5_000;
    await memory.get('a', load);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('never keeps more than its size and drops the oldest first', async () => {
    const memory = new ShortMemory<string>(5_000, 3);
    for (const key of ['a', 'b', 'c', 'd']) await memory.get(key, async () => key);
    expect(memory.count).toBe(3);
    const load = vi.fn(async () => 'again');
    expect(await memory.get('d', load)).toBe('d');
    expect(await memory.get('a', load)).toBe('again');
  });

  it('keeps neither misses nor failures', async () => {
    const memory = new ShortMemory<string | null>(5_000, 3);
    expect(await memory.get('a', async () => null)).toBeNull();
    await expect(memory.get('b', async () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
    expect(memory.count).toBe(0);
    expect(await memory.get('a', async () => 'now there')).toBe('now there');
  });

  it('does not let a load that began before a change come back after it', async () => {
    const memory = new ShortMemory<string>(5_000, 3);
    let answer: (value: string) => void = () => {};
    const early = memory.get('a', () => new Promise((resolve) => (answer = resolve)));
    memory.forgetWhere(() => false);
    answer('old');
    expect(await early).toBe('old');
    expect(await memory.get('a', async () => 'new')).toBe('new');
  });

  it('loads again for whoever must not act on an answer from before a change', async () => {
    const memory = new ShortMemory<string>(5_000, 3);
    const answers: ((value: string) => void)[] = [];
    const current = memory.getCurrent('a', () => new Promise((resolve) => answers.push(resolve)));
    memory.clear();
    answers[0]!('old');
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]!('new');
    expect(await current).toBe('new');
  });

  it('forgets only what has changed', async () => {
    const memory = new ShortMemory<number>(5_000, 3);
    for (const n of [1, 2]) await memory.get(String(n), async () => n);
    memory.forgetWhere((n) => n === 1);
    expect(await memory.get('1', async () => 10)).toBe(10);
    expect(await memory.get('2', async () => 20)).toBe(2);
  });
});
