import type { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';

/**
 * A name is resolved once, and the connection goes to just the address that was looked at: a name that answers differently
 * the second time leads nowhere.
 * @param refused made when the name leads into a private network
 */
export function publicOnly(resolve: typeof lookup, refused: () => Error): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (fault, found) => {
      if (fault) return done(fault, '', 0);
      // One private address among public ones is no accident.
      if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) return done(refused(), '', 0);
      if (options.all) return done(null, found);
      const { address, family } = found[0]!;
      done(null, address, family);
    });
  };
}

/** An address that needs no name, and does not lie in the public net: no lookup will ever be asked for it. */
export function isPrivateLiteral(url: URL): boolean {
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) !== 0 && !isPublicAddress(literal);
}
