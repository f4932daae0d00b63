import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bursts } from './bursts.js';
import type { ConsoleSocket } from './console-socket.js';

/** So many browsers, all writing to one stream that counts how often it is held. */
function crowd(size: number) {
  const stream = {
    held: 0,
    depth: 0,
    cork: () => (stream.depth += 1),
    uncork: () => ((stream.depth -= 1), (stream.held += 1)),
  };
  const socket = { conn: { transport: { socket: { _socket: stream } } } } as unknown as ConsoleSocket;
  const sockets = Array.from({ length: size }, () => socket);
  return { stream, bursts: new Bursts(() => sockets) };
}

describe('news that very many hear', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('the first goes at once; what follows leaves together, the newest of each key, in the order it came', () => {
    const { stream, bursts } = crowd(200);
    const sent: string[] = [];
    const send = (key: string, what: string) => bursts.send(key, () => void sent.push(`${what}@${stream.depth}`));
    send('a', 'a1');
    expect(sent).toEqual(['a1@0']);
    send('b', 'b1');
    send('a', 'a2');
    send('b', 'b2');
    vi.advanceTimersByTime(49);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent.slice(1)).toEqual(['a2@200', 'b2@200']);
    expect(stream.depth).toBe(0);
  });

  it('goes on as long as something comes, and is at once again after a quiet rest', () => {
    const { bursts } = crowd(200);
    const sent: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      bursts.send(String(n), () => void sent.push(n));
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(Array.from({ length: 100 }, (_, n) => n));
    bursts.send('later', () => void sent.push(-1));
    expect(sent.at(-1)).toBe(-1);
  });

  it('what is taken back meanwhile never leaves', () => {
    const { bursts } = crowd(40);
    const sent: string[] = [];
    bursts.send('a', () => void sent.push('a'));
    bursts.send('b', () => void sent.push('b'));
    bursts.drop('b');
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(['a']);
  });

  it('a handful of browsers never waits', () => {
    const { bursts } = crowd(3);
    const sent: number[] = [];
    for (const n of [1, 2, 3]) bursts.send('a', () => void sent.push(n));
    expect(sent).toEqual([1, 2, 3]);
  });

  it('a fault in one takes no hold with it', () => {
    const { stream, bursts } = crowd(40);
    bursts.send('a', () => undefined);
    bursts.send('b', () => {
      throw new Error('no');
    });
    expect(() => vi.advanceTimersByTime(100)).toThrow('no');
    expect(stream.depth).toBe(0);
  });
});
