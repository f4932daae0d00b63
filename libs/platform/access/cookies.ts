export const SESSION_COOKIE = 'madoguchi_session';

/** The value of one cookie of a `Cookie` header. Ours are base64url, so nothing needs decoding. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) return value.trim().replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}

/** A `Set-Cookie` value that scripts cannot read; `maxAgeSeconds` 0 removes the cookie. */
export function writeCookie(
  name: string,
  value: string,
  { maxAgeSeconds, secure }: { maxAgeSeconds: number; secure: boolean },
): string {
  const flags = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSeconds}`];
  if (secure) flags.push('Secure');
  return [`${name}=${value}`, ...flags].join('; ');
}
