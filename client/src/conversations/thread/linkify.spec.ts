import { describe, expect, it } from 'vitest';
import { linkify, safeHref } from './linkify.js';

const links = (text: string) => linkify(text).flatMap((part) => (part.href === null ? [] : [part.text]));

describe('addresses in a text', () => {
  it('become links and leave every letter in place', () => {
    const text = '詳しくは https://example.jp/a?b=1#c をご覧ください。\nhttp://example.com/です';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(links(text)).toEqual(['https://example.jp/a?b=1#c', 'http://example.com/']);
  });

  it('end before the punctuation of the sentence', () => {
    expect(links('(https://example.jp/x)。')).toEqual(['https://example.jp/x']);
    expect(links('「https://example.jp/x」')).toEqual(['https://example.jp/x']);
    expect(links('See https://example.jp/x.')).toEqual(['https://example.jp/x']);
    expect(links('https://example.jp/wiki/A_(b)')).toEqual(['https://example.jp/wiki/A_(b)']);
  });

  it('are never anything but http and https', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://example.jp')).toEqual([]);
    expect(safeHref('javascript:alert(1)')).toBeNull();
    expect(safeHref('https://')).toBeNull();
  });

  it('keep a text without any in one piece', () => {
    expect(linkify('こんにちは\n改行')).toEqual([{ text: 'こんにちは\n改行', href: null }]);
    expect(linkify('')).toEqual([]);
  });
});
