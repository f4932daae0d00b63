import { hash, timingSafeEqual } from 'node:crypto';

const REMEMBERED = 1_000;
const digests = new Map<string, Buffer>();

/**
 * Whether an `Authorization` header carries this token, bare or after `Bearer`. Hashes are compared, so that neither
 * content nor length shows in the time.
 */
export function carriesToken(header: string | string[] | undefined, token: string): boolean {
  const given = typeof header === 'string' ? header.trim() : '';
  const bare = given.replace(/^bearer\s+/i, '');
  const expected = digestOf(token);
  return timingSafeEqual(digest(given), expected) || (bare !== given && timingSafeEqual(digest(bare), expected));
}

/** Of our own tokens, which every webhook is held against; never of what a stranger sends. */
function digestOf(token: string): Buffer {
  const known = digests.get(token);
  if (known) return known;
  if (digests.size >= REMEMBERED) digests.clear();
  const made = digest(token);
  digests.set(token, made);
  return made;
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
