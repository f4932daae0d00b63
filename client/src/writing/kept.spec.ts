import { expect, it } from 'vitest';
import { Kept } from './kept.js';

it('words come back once, as they were written, and not for ever', () => {
  const kept = new Kept<string>();
  kept.keep('1', '4242 4242 4242 4242');
  expect(kept.take('1')).toBe('4242 4242 4242 4242');
  expect(kept.take('1')).toBeUndefined();
  for (let id = 0; id < 30; id += 1) kept.keep(String(id), 'x');
  expect(kept.take('9')).toBeUndefined();
  expect(kept.take('10')).toBe('x');
  kept.clear();
  expect(kept.take('29')).toBeUndefined();
});
