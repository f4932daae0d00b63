import { describe, expect, it } from 'vitest';
import type { ConversationRow } from '#libs/contracts/index.js';
import { freezeOrder, rowBeside, type Place } from './frozen-order.js';

const row = (id: string, version = 1) =>
  ({ id, version, lastMessage: { preview: `words of ${id}` } }) as ConversationRow;
const ids = (places: Place[]) => places.map(({ id }) => id);

describe('a list somebody points at', () => {
  const before = ['1', '2', '3'];

  it('keeps every row in its place and counts what waits for a new one', () => {
    const frozen = freezeOrder(before, [row('4'), row('3', 2), row('1'), row('2')]);
    expect(ids(frozen.places)).toEqual(['1', '2', '3']);
    expect(frozen.places[2]?.row?.version).toBe(2);
    expect(frozen.news).toBe(2);
  });

  it('keeps the place of a row that left so that the ones below do not slide up, and nothing else of it', () => {
    const frozen = freezeOrder(before, [row('1'), row('3')]);
    expect(frozen.places[1]).toEqual({ id: '2', row: null });
    expect(ids(frozen.places)).toEqual(['1', '2', '3']);
    expect(JSON.stringify(frozen)).not.toContain('words of 2');
    expect(frozen.news).toBe(1);
  });

  it('gives a row that comes back its old place', () => {
    expect(freezeOrder(before, [row('2', 3), row('1'), row('3')]).places[1]?.row?.version).toBe(3);
  });

  it('lets the next page grow at the end', () => {
    const frozen = freezeOrder(before, [row('1'), row('2'), row('3'), row('4')]);
    expect(ids(frozen.places)).toEqual(['1', '2', '3', '4']);
    expect(frozen.news).toBe(0);
  });

  it('is walked past the places without a row', () => {
    const { places } = freezeOrder(['1', '2', '3', '4'], [row('1'), row('4')]);
    expect(rowBeside(places, 0, 1)?.id).toBe('4');
    expect(rowBeside(places, 3, -1)?.id).toBe('1');
    expect(rowBeside(places, 3, 1)).toBeNull();
    expect(rowBeside(places, -1, 1)?.id).toBe('1');
  });
});
