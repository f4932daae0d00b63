import { describe, expect, it } from 'vitest';
import { calledAt } from './caret-sign.js';

const slash = { forms: '//', after: 'gap' } as const;
const at = { forms: '@@', after: 'word' } as const;
const call = (text: string, sign: Parameters<typeof calledAt>[2]) => calledAt(text, text.length, sign)?.query ?? null;

describe('what is called at the cursor', () => {
  it('is what stands behind the sign, in either width', () => {
    expect(call('/', slash)).toBe('');
    expect(call('/あいさつ', slash)).toBe('あいさつ');
    expect(call('お世話になります。/い', slash)).toBe('い');
    expect(call('一行目\n/ni', slash)).toBe('ni');
  });

  it('is nothing inside of a date, a fraction or a link', () => {
    expect(call('2026/03', slash)).toBeNull();
    expect(call('https://example.jp/a', slash)).toBeNull();
    expect(call('男/女', slash)).toBeNull();
  });

  it('needs no space before a mention, as Japanese has none, but is no part of an address', () => {
    expect(call('確認お願いします@鈴', at)).toBe('鈴');
    expect(call('@', at)).toBe('');
    expect(call('aoi@demo', at)).toBeNull();
  });

  it('ends with a space, and after so many characters', () => {
    expect(call('/あい さつ', slash)).toBeNull();
    expect(call('/あい さつ', slash)).toBeNull();
    expect(call(`/${'a'.repeat(40)}`, slash)).toBe('a'.repeat(40));
    expect(call(`/${'a'.repeat(41)}`, slash)).toBeNull();
  });

  it('says where it stands, up to the cursor only', () => {
    expect(calledAt('ああ @鈴木', 5, at)).toEqual({ stretch: { from: 3, to: 5 }, query: '鈴' });
    expect(calledAt('@鈴木', 0, at)).toBeNull();
  });
});
