import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { network } from './sign-in-failures.service.js';

describe('the source of a sign-in', () => {
  it('is the address for IPv4, however it is written', () => {
    expect(network('203.0.113.9')).toBe('203.0.113.9');
    expect(network('::ffff:203.0.113.9')).toBe('203.0.113.9');
  });

  it('is the network of 64 bits for IPv6', () => {
    expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(network('2001:db8:1:2::9')).toBe('2001:db8:1:2');
    expect(network('2001:0DB8:0001:0002::9')).toBe('2001:db8:1:2');
    expect(network('2001:db8::9')).toBe('2001:db8:0:0');
    expect(network('::1')).toBe('0:0:0:0');
    expect(network('fe80::1%eth0')).toBe('fe80:0:0:0');
  });
});
