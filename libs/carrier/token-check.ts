import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether an `Authorization` header carries this token, bare or after `Bearer`. Hashes are compared, so that neither
 * content nor length shows in the time.
 */
export function carriesToken(header: string | string[] | undefined, token: string): boolean {
  const given = typeof header === 'string' ? header.trim() : '';
  const bare = given.replace(/^bearer\s+/i, '');
  const [asGiven, asBare] = [same(given, token), same(bare, token)];
  return asGiven || asBare;
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
