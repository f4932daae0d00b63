import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakerOf, type TabFace } from './speaker.js';

const tab = (id: string, face: Partial<TabFace> = {}): TabFace => ({
  id,
  audible: true,
  visible: false,
  seenAt: 1,
  ...face,
});

describe('which tab speaks', () => {
  it('is one that may make a sound, even if another one is looked at', () => {
    expect(speakerOf([tab('a', { audible: false, visible: true }), tab('b')])).toBe('b');
  });

  it('is the one that is looked at, then the one that was looked at last', () => {
    expect(speakerOf([tab('a', { seenAt: 9 }), tab('b', { visible: true })])).toBe('b');
    expect(speakerOf([tab('a'), tab('b', { seenAt: 2 })])).toBe('b');
  });

  it('is any of them when none may: it says that it cannot', () => {
    expect(speakerOf([tab('a', { audible: false }), tab('b', { audible: false, visible: true })])).toBe('b');
    expect(speakerOf([])).toBeNull();
  });

  it('is one and the same, in whatever order each of them sees the others', () => {
    const faces = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1 }), audible: fc.boolean(), visible: fc.boolean(), seenAt: fc.nat(3) }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(faces, fc.infiniteStream(fc.nat()), (tabs, chance) => {
        const shuffled = tabs
          .map((each) => ({ each, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ each }) => each);
        expect(speakerOf(shuffled)).toBe(speakerOf(tabs));
      }),
    );
  });

  it('takes a tab that changes its face for what it is now', () => {
    const changing = [tab('a', { visible: true, seenAt: 5 }), tab('a', { seenAt: 6 }), tab('b', { visible: true })];
    expect(speakerOf(changing)).toBe('b');
  });
});
