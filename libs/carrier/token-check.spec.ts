import { describe, expect, it } from 'vitest';
import { carriesToken } from './token-check.js';

describe('who is calling', () => {
  it.each(['word', 'Bearer word', 'bearer  word', ' word '])('knows the token in %j', (header) => {
    expect(carriesToken(header, 'word')).toBe(true);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'wor', 'wordy', 'Bearer wordy', 'Basic word'])(
    'refuses %j',
    (header) => {
      expect(carriesToken(header, 'word')).toBe(false);
    },
  );

  it('refuses the header given twice', () => {
    expect(carriesToken(['word', 'word'], 'word')).toBe(false);
  });
});
