import { describe, expect, it } from 'vitest';
import { waitLevel } from './wait-level.js';

describe('how urgent a wait is', () => {
  it('turns amber after one minute and red after three', () => {
    expect([0, 59_999, 60_000, 179_999, 180_000].map(waitLevel)).toEqual(['calm', 'calm', 'soon', 'soon', 'late']);
  });
});
