import { describe, expect, it } from 'vitest';
import { markUpTo, type Sight } from './read-marks.js';

const sight: Sight = { assignee: true, visible: true, focused: true, readSeq: 3, seen: 7 };

describe('marking as read', () => {
  it('tells how far the assignee has seen, once', () => {
    expect(markUpTo(sight, 0)).toBe(7);
    expect(markUpTo(sight, 7)).toBeNull();
    expect(markUpTo({ ...sight, seen: 3 }, 0)).toBeNull();
  });

  it('is silent for a supervisor, a hidden tab and a window in the background', () => {
    expect(markUpTo({ ...sight, assignee: false }, 0)).toBeNull();
    expect(markUpTo({ ...sight, visible: false }, 0)).toBeNull();
    expect(markUpTo({ ...sight, focused: false }, 0)).toBeNull();
  });
});
