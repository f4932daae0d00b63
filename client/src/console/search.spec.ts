import { describe, expect, it } from 'vitest';
import { validateSearch } from './search.js';

describe('the address of the console', () => {
  it('keeps what it knows', () => {
    expect(validateSearch({ view: 'all', order: 'newest', account: 3 })).toEqual({
      view: 'all',
      order: 'newest',
      account: '3',
    });
  });

  it('falls back where it does not', () => {
    expect(validateSearch({ view: 'everything', order: 7 })).toEqual({ view: 'mine', order: 'waiting' });
  });
});
