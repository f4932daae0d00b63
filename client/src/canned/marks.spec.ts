import { expect, it } from 'vitest';
import { marksOf, type Mark } from './marks.js';

it('marks stand in the order of the text, and none over another', () => {
  const mark = (from: number, to: number, kind: Mark['kind'] = 'word'): Mark => ({ from, to, kind });
  expect(marksOf([mark(8, 9), mark(0, 2), mark(0, 4, 'card'), mark(3, 6), mark(4, 8, 'placeholder')])).toEqual([
    mark(0, 4, 'card'),
    mark(4, 8, 'placeholder'),
    mark(8, 9),
  ]);
});
