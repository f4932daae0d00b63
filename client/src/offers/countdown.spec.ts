import { describe, expect, it } from 'vitest';
import { countdown } from './countdown.js';

const START = Date.parse('2026-03-01T00:00:00.000Z');
const offer = { madeAt: '2026-03-01T00:00:00.000Z', deadline: '2026-03-01T00:00:20.000Z' };
const after = (seconds: number) => countdown(offer, START + seconds * 1000);

describe('the time that an offer has left', () => {
  it('runs from all to nothing by the server’s clock', () => {
    expect(after(0)).toEqual({ seconds: 20, share: 1, level: 'calm', over: false, stale: false });
    expect(after(10)).toMatchObject({ seconds: 10, share: 0.5 });
    expect(after(19.9)).toMatchObject({ seconds: 1, over: false });
    expect(after(20)).toMatchObject({ seconds: 0, share: 0, over: true, stale: false });
  });

  it('is short in its last five seconds', () => {
    expect([after(14.9).level, after(15).level]).toEqual(['calm', 'soon']);
  });

  it('is never more than all, on a clock that is behind', () => {
    expect(after(-3)).toMatchObject({ seconds: 20, share: 1, over: false });
  });

  it('is given up when nobody says that it is over', () => {
    expect([after(23.9).stale, after(24).stale]).toEqual([false, true]);
  });
});
