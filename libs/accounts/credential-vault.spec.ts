import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { Settings } from '#libs/platform/settings/index.js';
import { CredentialVault } from './credential-vault.js';

const vaultWith = (masterKey: string | null) => new CredentialVault({ masterKey } as Settings);
const credentials = { token: 'carrier-token', verificationToken: '合言葉' };

describe('sealed credentials', () => {
  it('open again with the same master key, in another process too', () => {
    const sealed = vaultWith('one').seal(credentials, 'key');
    expect(vaultWith('one').open(sealed, 'key')).toEqual(credentials);
    expect(sealed.includes('carrier-token')).toBe(false);
  });

  it('differ each time, so that equal secrets do not show', () => {
    const vault = vaultWith('one');
    expect(vault.seal(credentials, 'key').equals(vault.seal(credentials, 'key'))).toBe(false);
  });

  it('do not open with another master key, nor on another connection', () => {
    const sealed = vaultWith('one').seal(credentials, 'key');
    expect(() => vaultWith('two').open(sealed, 'key')).toThrow(/do not open/);
    expect(() => vaultWith('one').open(sealed, 'other key')).toThrow(/do not open/);
  });

  it('do not open when any byte was altered or cut off', () => {
    const vault = vaultWith('one');
    const sealed = vault.seal(credentials, 'key');
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at]! ^= 1;
      expect(() => vault.open(altered, 'key'), `byte ${at}`).toThrow();
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => vault.open(sealed.subarray(0, length), 'key'), `length ${length}`).toThrow();
    }
  });

  it('say clearly when there is no master key', () => {
    expect(() => vaultWith(null).seal(credentials, 'key')).toThrow(/no master key/);
  });
});
