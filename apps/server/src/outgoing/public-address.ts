import ipaddr from 'ipaddr.js';

const { IPv4, IPv6 } = ipaddr;

/** The only part of IPv6 that is given out to the world. */
const GLOBAL_UNICAST = IPv6.parseCIDR('2000::/3');
/** Public by their numbers, and yet not somebody's own server. */
const NOT_OURS_TO_ASK = {
  ipv4: [
    // A cloud's own service, that every machine in it can reach.
    IPv4.parseCIDR('168.63.129.16/32'),
    // Anycast of protocols, formerly 6to4's.
    IPv4.parseCIDR('192.88.99.0/24'),
  ],
  ipv6: [
    // Protocols of the net itself, Teredo among them.
    IPv6.parseCIDR('2001::/23'),
    // An IPv4 address inside: 6to4.
    IPv6.parseCIDR('2002::/16'),
    // Documentation.
    IPv6.parseCIDR('2001:db8::/32'),
    IPv6.parseCIDR('3fff::/20'),
  ],
};

/**
 * Whether an IP address (no brackets, no zone) is one of the public internet: not private, loopback, link-local,
 * carrier-grade, multicast, documentation, unspecified or reserved, and not a way to write an IPv4 address in IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (IPv4.isValidFourPartDecimal(address)) {
    const parsed = IPv4.parse(address);
    return parsed.range() === 'unicast' && !NOT_OURS_TO_ASK.ipv4.some((range) => parsed.match(range));
  }
  if (!IPv6.isValid(address) || address.includes('%')) return false;
  const parsed = IPv6.parse(address);
  return (
    parsed.match(GLOBAL_UNICAST) &&
    parsed.range() === 'unicast' &&
    !NOT_OURS_TO_ASK.ipv6.some((range) => parsed.match(range))
  );
}

/** Whether an IP address is this machine's own loopback, as IPv4 or IPv6. */
export function isLoopbackAddress(address: string): boolean {
  if (IPv4.isValidFourPartDecimal(address)) return IPv4.parse(address).range() === 'loopback';
  return IPv6.isValid(address) && IPv6.parse(address).range() === 'loopback';
}
