import { isIPv4 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { stringify } from 'yaml';
import { isInternalAddress, isLoopbackHost } from '../addresses.ts';
import type { Config } from '../config.ts';
import { readOwnNames } from '../lan/own-names.ts';

/** Where the sound of people arrives. */
export type MediaAddress =
  | { loopback: true }
  | {
      loopback: false;
      ip: string;
      /**
       * The machine's own addresses that LiveKit uses: on a local network every one, which it then tells as they are. Left out
       * behind a translation, where none of them is `ip`.
       */
      own?: string[];
    };

/**
 * Picks the address that LiveKit tells clients. Only a server that nobody else can open stays on loopback; behind a
 * reverse proxy on the same machine the sound still comes from outside. A machine that has only internal addresses but
 * a public name is behind a one-to-one translation, as in most clouds.
 */
export function chooseMediaAddress(options: {
  config: Pick<Config, 'host' | 'publicUrls'> & { lan?: Config['lan'] };
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined>;
  /** The addresses that the host of the first public URL resolves to. */
  published: string[];
}): MediaAddress {
  const { config, interfaces, published } = options;
  const urlsAreLocal = config.publicUrls.every((url) => isLoopbackHost(new URL(url).hostname));
  if (config.lan) return chooseLanAddress(interfaces);
  if (isLoopbackHost(config.host) && urlsAreLocal) return { loopback: true };
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const ip =
    own.find((address) => published.includes(address) || address === config.host) ??
    own.find((address) => !isInternalAddress(address)) ??
    published.find((address) => address.includes('.') && !isInternalAddress(address)) ??
    own[0];
  if (!ip) return { loopback: true };
  return { loopback: false, ip, ...(own.includes(ip) ? { own: [ip] } : {}) };
}

function chooseLanAddress(interfaces: Record<string, NetworkInterfaceInfo[] | undefined>): MediaAddress {
  const own = readOwnNames({ given: [], interfaces }).addresses.filter(
    (address) => isIPv4(address) && !isLoopbackHost(address),
  );
  const [ip] = own;
  return ip ? { loopback: false, ip, own } : { loopback: true };
}

export type LivekitKeys = { apiKey: string; apiSecret: string };

/** The configuration file of the supervised LiveKit. */
export function renderLivekitConfig(options: {
  address: MediaAddress;
  port: number;
  udpPort: number;
  tcpPort: number;
  keys: LivekitKeys;
  webhookUrl: string;
  turn?: Config['turn'];
}): string {
  const { turn = null, address, port, udpPort, tcpPort, keys, webhookUrl } = options;
  const ip = address.loopback ? '127.0.0.1' : address.ip;
  const own = address.loopback ? ['127.0.0.1'] : (address.own ?? []);
  return stringify({
    port,
    // Tokens can't be taken back: people reach signalling only through the server's own gate.
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: udpPort,
      tcp_port: tcpPort,
      use_external_ip: false,
      // It would stand for all the others.
      ...(own.length > 1 ? {} : { node_ip: ip }),
      // With an empty list LiveKit names a stranger's servers to every client. Clients reach LiveKit's address without
      // any, so this names that address itself.
      stun_servers: [`${ip}:${udpPort}`],
      enable_loopback_candidate: address.loopback,
      // Else it answers from any address of the machine under the name of this one, and the relay refuses the others.
      ...(own.length > 0 ? { ips: { includes: own.map((each) => `${each}/32`) } } : {}),
    },
    keys: { [keys.apiKey]: keys.apiSecret },
    room: {
      auto_create: false,
      enable_remote_unmute: false,
      // LiveKit looks at a track's name, not at its kind: without this a "microphone" could send pictures.
      enabled_codecs: [{ mime: 'audio/opus' }, { mime: 'audio/red' }],
    },
    ...(turn ? { turn: turnConfig(turn, ip) } : {}),
    webhook: { api_key: keys.apiKey, urls: [webhookUrl] },
    logging: { json: true, level: 'warn' },
  });
}

/** Relays sound to LiveKit itself and to nobody else: whoever is in a room gets no way into the network behind it. */
function turnConfig(turn: NonNullable<Config['turn']>, ip: string) {
  return {
    enabled: true,
    domain: turn.domain,
    tls_port: turn.tlsPort,
    external_tls: true,
    udp_port: 0,
    ...(isInternalAddress(ip) ? { allow_restricted_peer_cidrs: [`${ip}/32`] } : {}),
    deny_peer_cidrs: [...allBut(ip), '::/0'],
  };
}

/** The networks that together hold every IPv4 address but this one. */
export function allBut(ip: string): string[] {
  const value = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return Array.from({ length: 32 }, (_, n) => {
    const bits = n + 1;
    const size = 2 ** (32 - bits);
    const sibling =
      (Math.floor(value / size) % 2 === 0 ? Math.floor(value / size) + 1 : Math.floor(value / size) - 1) * size;
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(sibling / 2 ** shift) % 256);
    return `${parts.join('.')}/${bits}`;
  });
}
