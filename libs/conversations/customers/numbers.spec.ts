import { describe, expect, it } from 'vitest';
import { maskNumber } from './numbers.js';

describe('a number for whoever may not see it whole', () => {
  it.each([
    ['090-1234-5678', '090-****-5678'],
    ['03-1234-5678', '03-****-5678'],
    ['0120-123-456', '0120-**3-456'],
    ['+1 415 555 2671', '+1 *** *** 2671'],
    ['+819012345678', '+********5678'],
    ['1234', '1234'],
  ])('%s is shown as %s', (whole, masked) => {
    expect(maskNumber(whole)).toBe(masked);
  });
});
