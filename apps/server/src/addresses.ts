import { BlockList, isIP, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const INTERNAL = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  INTERNAL.addSubnet(network, bits, 'ipv4');
}
INTERNAL.addAddress('::1', 'ipv6');
INTERNAL.addSubnet('fc00::', 7, 'ipv6');
INTERNAL.addSubnet('fe80::', 10, 'ipv6');

const contains = (list: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

const bare = (host: string): string => host.replace(/^\[(.+)\]$/, '$1').toLowerCase();

/** Whether a host (name or address, brackets allowed) can only be this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = bare(host);
  return name === 'localhost' || name.endsWith('.localhost') || contains(LOOPBACK, name);
}

/** Whether an IP address is one that the internet can't reach. */
export function isInternalAddress(address: string): boolean {
  return contains(INTERNAL, bare(address));
}

/** The neighbourhood of a client's address: /24 of IPv4, /48 of IPv6. */
export function neighbourhoodOf(client: string): string {
  const plain = client.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain.split('.').slice(0, 3).join('.');
  return networkOf(plain).split(':').slice(0, 3).join(':');
}

/** Whom limits of a client's address are for: one customer holds a whole /64 of IPv6 addresses. */
export function networkOf(client: string): string {
  if (!isIPv6(client) || client.includes('.')) return client;
  const [head = '', tail] = (client.split('%')[0] ?? '').split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
