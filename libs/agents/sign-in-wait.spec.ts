import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitAfter } from './sign-in-wait.js';

describe('the wait after wrong sign-ins', () => {
  it('begins with the tenth and doubles up to a quarter of an hour', () => {
    expect([0, 1, 9].map(waitAfter)).toEqual([0, 0, 0]);
    expect([10, 11, 12, 16, 17, 18].map(waitAfter)).toEqual([10, 20, 40, 640, 900, 900]);
  });

  it('never shrinks and never passes its limit, however many there were', () => {
    fc.assert(
      fc.property(fc.nat(), (failures) => {
        expect(waitAfter(failures + 1)).toBeGreaterThanOrEqual(waitAfter(failures));
        expect(waitAfter(failures)).toBeLessThanOrEqual(900);
      }),
    );
  });
});
