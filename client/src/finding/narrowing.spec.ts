import { describe, expect, it } from 'vitest';
import type { SavedView } from '#libs/contracts/index.js';
import { moved, placeOf, shownView } from './narrowing.js';

const saved = (id: string, filters: Partial<SavedView['filters']>): SavedView => ({
  id,
  name: id,
  shared: false,
  order: 'waiting',
  filters: { account: null, queue: null, agent: null, unanswered: false, label: null, state: null, ...filters },
});

describe('a saved view', () => {
  it('is a place in the console, and the place is known again', () => {
    const views = [
      saved('1', { queue: '3' }),
      saved('2', { queue: '3', unanswered: true }),
      saved('3', { agent: 'me' }),
      saved('4', { label: '8', state: 'closed' }),
    ];
    for (const view of views) expect(shownView(views, placeOf(view))).toBe(view);
    expect(shownView(views, { ...placeOf(views[0]!), order: 'newest' })).toBeUndefined();
    expect(shownView(views, { view: 'mine', order: 'waiting' })).toBeUndefined();
    expect(shownView(views, { view: 'all', order: 'waiting' })).toBeUndefined();
  });

  it('goes up and down among its neighbours, and not out of the list', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  });
});
