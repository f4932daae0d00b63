import { describe, expect, it } from 'vitest';
import { beginsWith, nearNumbers } from './likeness.js';

describe('numbers that a slip makes', () => {
  it('differ in one digit or in two neighbours, behind the first digits', () => {
    const near = nearNumbers('+819012345678');
    expect(near).toContain('+819012345679');
    expect(near).toContain('+819012345687');
    expect(near).toContain('+819092345678');
    expect(near).not.toContain('+819012345678');
    expect(near).not.toContain('+818012345678');
    expect(near).toHaveLength(8 * 9 + 7);
  });

  it('what is looked for is text, not a pattern', () => {
    expect(beginsWith('100%_\\')).toBe('100\\%\\_\\\\%');
  });
});
