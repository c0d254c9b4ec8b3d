import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { isInternalAddress } from '../addresses.ts';

/** How other machines of the network may name this one. */
export type OwnNames = {
  /** IPv4 and IPv6, the likeliest first; internal ones only. */
  addresses: string[];
  /** Lower case. */
  names: string[];
};

const NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Cards of containers and machines inside this one: nobody else reaches them. */
const INNER_CARD = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd)/;

/** Loopback belongs to it: whoever sits at the machine uses the same certificate. */
export function readOwnNames(options: {
  /** Names that the operator adds. */
  given: readonly string[];
  host?: string;
  interfaces?: Record<string, NetworkInterfaceInfo[] | undefined>;
}): OwnNames {
  const { given, host = hostname(), interfaces = networkInterfaces() } = options;
  const cards = Object.entries(interfaces).filter(([card]) => !INNER_CARD.test(card));
  const found = cards
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ address, internal }) => !internal && isInternalAddress(address) && !/^fe80:/i.test(address));
  const four = found.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const six = found.filter(({ family }) => family === 'IPv6').map(({ address }) => address.toLowerCase());
  const short = host.toLowerCase().split('.')[0] ?? '';
  const names = [...given, host, short, short && `${short}.local`, 'localhost'].map((name) => name.toLowerCase());
  return {
    addresses: [...new Set([...four, ...six, '127.0.0.1', '::1'])],
    names: [...new Set(names)].filter((name) => NAME.test(name)),
  };
}

/** As it stands in an address. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Whether the host of an origin or a Host header is one of these. */
export function isOwnHost(own: OwnNames, host: string): boolean {
  const bare = host.replace(/^\[(.+)\]$/, '$1').toLowerCase();
  return own.names.includes(bare) || own.addresses.includes(bare);
}
