import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; only their hash is stored, so a stolen database opens no session. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Null for what cannot be a token, so that nonsense costs no query. */
export function hashToken(token: string): Buffer | null {
  return /^[\w-]{43}$/.test(token) ? createHash('sha256').update(token).digest() : null;
}
