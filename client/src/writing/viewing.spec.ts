import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Viewing } from './viewing.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk(heard = { value: true }) {
  const said: string[] = [];
  const viewing = new Viewing({
    say: (id, active, asks) => {
      said.push(`${id} ${active ? 'on' : 'off'}${asks ? '?' : ''}`);
      return Promise.resolve(heard.value);
    },
    me: () => '1',
    random: () => 1,
  });
  const event = (by: string, active: boolean, asks: boolean, conversationId = '7') =>
    viewing.hear({ conversationId, by: { id: by, name: '葵' }, active, asks, ttlMs: 45_000 });
  return { viewing, said, event };
}

describe('what this screen shows', () => {
  it('is said when it opens, again while it does, and when it is left', async () => {
    const { viewing, said } = desk();
    viewing.show('7');
    await vi.advanceTimersByTimeAsync(45_000);
    expect(said).toEqual(['7 on?', '7 on', '7 on']);
    viewing.show('8');
    viewing.show(null);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(said.slice(3)).toEqual(['7 off', '8 on?', '8 off']);
  });

  it('is said until the server takes it, which it does once it is watched', async () => {
    const heard = { value: false };
    const { viewing, said } = desk(heard);
    viewing.show('7');
    await vi.advanceTimersByTimeAsync(500);
    heard.value = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said).toEqual(['7 on?', '7 on?', '7 on?']);
  });

  it('is said once to however many ask, and to nobody who does not', async () => {
    const { viewing, said, event } = desk();
    viewing.show('7');
    await vi.advanceTimersByTimeAsync(1);
    event('2', true, true);
    event('3', true, true);
    event('4', true, false);
    event('5', true, true, '9');
    await vi.advanceTimersByTimeAsync(1000);
    expect(said).toEqual(['7 on?', '7 on']);
    event('1', false, false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(said).toHaveLength(3);
  });

  it('is not said by a window that nobody looks at', async () => {
    const { viewing, said, event } = desk();
    viewing.show('7');
    await vi.advanceTimersByTimeAsync(1);
    viewing.look(false);
    event('2', true, true);
    viewing.begin();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['7 on?', '7 off']);
    viewing.look(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(said.at(-1)).toBe('7 on?');
  });
});
