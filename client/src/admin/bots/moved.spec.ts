import { describe, expect, it } from 'vitest';
import { moved } from './moved.js';

describe('the order of bots', () => {
  it('changes by one place, and not beyond its ends', () => {
    expect(moved(['1', '2', '3'], 2, -1)).toEqual(['1', '3', '2']);
    expect(moved(['1', '2', '3'], 0, 1)).toEqual(['2', '1', '3']);
    expect(moved(['1', '2'], 0, -1)).toEqual(['1', '2']);
    expect(moved(['1', '2'], 1, 1)).toEqual(['1', '2']);
  });
});
