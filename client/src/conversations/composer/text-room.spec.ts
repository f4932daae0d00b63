import { describe, expect, it } from 'vitest';
import { textRoom } from './text-room.js';

describe('the room a text has', () => {
  it('counts as the carrier does: an emoji is two', () => {
    expect(textRoom('👍')).toMatchObject({ units: 2, bytes: 4, fits: true });
  });

  it('ends at 2,730 units', () => {
    expect(textRoom('a'.repeat(2730)).fits).toBe(true);
    expect(textRoom('a'.repeat(2731))).toMatchObject({ fits: false, nearer: 'units' });
  });

  it('is never met by bytes first within the basic plane, where a unit is at most three bytes', () => {
    expect(textRoom('窓'.repeat(2730))).toMatchObject({ units: 2730, bytes: 8190, fits: true, nearer: 'units' });
  });

  it('is filled by units first where letters are plain', () => {
    expect(textRoom('hello').nearer).toBe('units');
  });
});
