import { afterEach, expect, it, vi } from 'vitest';
import { askEarly, early } from './early.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('an early answer is taken once, soon, and only if it is a good one', async () => {
  const answers = [
    new Response('a'),
    new Response('', { status: 401 }),
    Promise.reject(new TypeError('cut')),
    new Response('b'),
  ];
  vi.stubGlobal('fetch', () => Promise.resolve(answers.shift()));
  askEarly('/session');
  expect(await (await early('/session'))?.text()).toBe('a');
  expect(await early('/session')).toBeUndefined();
  askEarly('/session');
  expect(await early('/session')).toBeUndefined();
  askEarly('/session');
  expect(await early('/session')).toBeUndefined();
  vi.useFakeTimers();
  askEarly('/session');
  vi.advanceTimersByTime(8_001);
  expect(await early('/session')).toBeUndefined();
});
