import { describe, expect, it } from 'vitest';
import { reconnectDelay } from './reconnect.js';

describe('coming back', () => {
  it('spreads over the whole span and grows to fifteen seconds', () => {
    expect(reconnectDelay(0, 0)).toBe(0);
    expect(reconnectDelay(0, 1)).toBe(500);
    expect(reconnectDelay(3, 0.5)).toBe(2000);
    expect(reconnectDelay(9, 1)).toBe(15_000);
  });

  it('never gives up', () => {
    expect(reconnectDelay(100_000, 1)).toBe(15_000);
  });
});
