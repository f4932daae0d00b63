import { describe, expect, it } from 'vitest';
import { filledText, sampleWords, unknownPlaceholders } from './text-preview.js';

describe('an automatic text', () => {
  it('is shown with its words, and without the sentences whose word is not known', () => {
    const text = '順番にご案内します。目安は{wait}です。\nお待ちください。';
    expect(filledText(text, sampleWords)).toBe('順番にご案内します。目安は約3〜5分です。\nお待ちください。');
    expect(filledText(text, { ...sampleWords, wait: null })).toBe('順番にご案内します。\nお待ちください。');
    expect(filledText('目安は{wait}です。', { ...sampleWords, wait: null })).toBeNull();
  });

  it('says which words in braces mean nothing', () => {
    expect(unknownPlaceholders('{wait} {お客様名} {お客様名} {}')).toEqual(['お客様名']);
  });
});
