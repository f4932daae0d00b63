import { describe, expect, it } from 'vitest';
import { plainQueue as base } from './rules.fixture.js';
import { changedRules, editOf, movesWaiting, partOfField, partsOf, rebased, rulesOf } from './rules-draft.js';

describe('changes of a queue', () => {
  it('are sent alone, with the version that they were made from', () => {
    const rules = { ...rulesOf(base), maxLength: 40, boosts: { ...base.boosts } };
    expect(changedRules(base, rules)).toEqual(['maxLength']);
    expect(editOf(base, rules)).toEqual({ maxLength: 40, version: 3 });
    expect(editOf(base, rulesOf(base))).toEqual({ version: 3 });
  });

  it('are laid upon what a colleague saved meanwhile', () => {
    const rules = { ...rulesOf(base), maxLength: 40, name: '総合窓口' };
    const fresh = { ...base, version: 4, name: '受付', offerSeconds: 30 };
    const after = rebased(base, rules, fresh);
    expect(after).toMatchObject({ maxLength: 40, name: '総合窓口', offerSeconds: 30 });
    expect(editOf(fresh, after)).toEqual({ version: 4, maxLength: 40, name: '総合窓口' });
  });

  it('are shown before they are saved where they could move somebody who waits', () => {
    expect(movesWaiting(['name', 'texts', 'offerSeconds', 'serviceLevel'])).toBe(false);
    expect(movesWaiting(['name', 'hours'])).toBe(true);
  });

  it('and faults belong to one part of the editor', () => {
    expect(partsOf(['texts', 'name', 'inactivity'])).toEqual(['basics', 'texts']);
    expect(partOfField('hours.week.1.0.from')).toBe('hours');
    expect(partOfField('whatever')).toBe('basics');
  });
});
