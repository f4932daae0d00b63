import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches } from './passwords.js';

describe('a password', () => {
  it('is kept as argon2id and matches only itself', async () => {
    const kept = await hashPassword('correct horse');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwordMatches(kept, 'correct horse')).toBe(true);
    expect(await passwordMatches(kept, 'correct horsf')).toBe(false);
  });

  it('matches however the keyboard composes its letters', async () => {
    const kept = await hashPassword('パスワード-é-です'.normalize('NFD'));
    expect(await passwordMatches(kept, 'パスワード-é-です'.normalize('NFC'))).toBe(true);
  });

  it('never matches for nobody', async () => {
    expect(await passwordMatches(null, '')).toBe(false);
    expect(await passwordMatches(null, 'anything')).toBe(false);
  });
});
