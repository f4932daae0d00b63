import ipaddr from 'ipaddr.js';

/**
 * Whether an address belongs to the public net: not this machine, not the network around it, not a cloud's own services,
 * nor any of these in the clothes of IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // NAT64, 6to4 and Teredo, which carry an IPv4 address that somebody else unpacks, have ranges of their own.
  return ipaddr.process(address).range() === 'unicast';
}
