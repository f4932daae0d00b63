import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TypingSignal } from './typing-signal.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('telling that somebody writes', () => {
  it('is said once in three seconds however fast the keys are', () => {
    const told: boolean[] = [];
    const signal = new TypingSignal((active) => told.push(active));
    for (let key = 0; key < 20; key += 1) {
      signal.wrote();
      vi.advanceTimersByTime(100);
    }
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(1000);
    signal.wrote();
    expect(told).toEqual([true, true]);
  });

  it('is taken back when the hands rest, and not twice', () => {
    const told: boolean[] = [];
    const signal = new TypingSignal((active) => told.push(active));
    signal.wrote();
    vi.advanceTimersByTime(5000);
    signal.stop();
    expect(told).toEqual([true, false]);
  });

  it('is not taken back when it was never said', () => {
    const told: boolean[] = [];
    new TypingSignal((active) => told.push(active)).stop();
    expect(told).toEqual([]);
  });
});
