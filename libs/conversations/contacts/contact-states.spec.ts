import { describe, expect, it } from 'vitest';
import { mayBecome, type StoredState } from './contact-states.js';

const states: StoredState[] = ['queued', 'offered', 'active', 'held', 'snoozed', 'wrapup', 'closed', 'abandoned'];

describe('the states of a contact', () => {
  it('end for good: what is closed or abandoned becomes nothing else', () => {
    for (const to of states) expect([mayBecome('closed', to), mayBecome('abandoned', to)]).toEqual([false, false]);
  });

  it('count as abandoned only what nobody ever accepted', () => {
    expect(states.filter((from) => mayBecome(from, 'abandoned'))).toEqual(['queued', 'offered']);
  });

  it('lead from everywhere to an end', () => {
    const ends = new Set<StoredState>(['closed', 'abandoned']);
    for (const from of states.filter((state) => !ends.has(state))) expect(mayBecome(from, 'closed')).toBe(true);
  });
});
