import { describe, expect, it } from 'vitest';
import { isOurOwn } from './same-origin.js';

const publicUrl = 'https://console.example';
const from = (origin?: string, secFetchSite?: string, host = 'console.example') =>
  isOurOwn({ origin, secFetchSite, host }, publicUrl);

describe('a request that changes something', () => {
  it('is taken from our own page, whatever name the server was reached by', () => {
    expect(from('https://console.example', 'same-origin')).toBe(true);
    expect(from('https://console.example')).toBe(true);
    expect(from('http://127.0.0.1:3000', undefined, '127.0.0.1:3000')).toBe(true);
    expect(from('http://localhost:5173', 'same-origin', '127.0.0.1:3000')).toBe(true);
  });

  it('is taken from a program, which says nothing', () => {
    expect(from()).toBe(true);
  });

  it('is refused from another page, a sibling host, another port and a page without an address', () => {
    expect(from('https://evil.example', 'cross-site')).toBe(false);
    expect(from('https://evil.example')).toBe(false);
    expect(from('https://other.console.example', 'same-site')).toBe(false);
    expect(from('https://console.example:444')).toBe(false);
    expect(from('null')).toBe(false);
    expect(from(undefined, 'cross-site')).toBe(false);
    expect(from(undefined, 'same-site')).toBe(false);
  });
});
