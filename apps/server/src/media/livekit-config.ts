import type { NetworkInterfaceInfo } from 'node:os';
import { stringify } from 'yaml';
import { isInternalAddress, isLoopbackHost } from '../addresses.ts';
import type { Config } from '../config.ts';

/** Where the sound of people arrives. */
export type MediaAddress = { loopback: true } | { loopback: false; ip: string };

/**
 * Picks the address that LiveKit tells clients. Only a server that nobody else can open stays on loopback; behind a
 * reverse proxy on the same machine the sound still comes from outside. A machine that has only internal addresses but
 * a public name is behind a one-to-one translation, as in most clouds.
 */
export function chooseMediaAddress(options: {
  config: Pick<Config, 'host' | 'publicUrls'>;
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined>;
  /** The addresses that the host of the first public URL resolves to. */
  published: string[];
}): MediaAddress {
  const { config, interfaces, published } = options;
  const urlsAreLocal = config.publicUrls.every((url) => isLoopbackHost(new URL(url).hostname));
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
  return ip ? { loopback: false, ip } : { loopback: true };
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
}): string {
  const { address, port, udpPort, tcpPort, keys, webhookUrl } = options;
  const ip = address.loopback ? '127.0.0.1' : address.ip;
  return stringify({
    port,
    // Tokens can't be taken back: people reach signalling only through the server's own gate.
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: udpPort,
      tcp_port: tcpPort,
      use_external_ip: false,
      node_ip: ip,
      // With an empty list LiveKit names a stranger's servers to every client. Clients reach LiveKit's address without
      // any, so this names that address itself.
      stun_servers: [`${ip}:${udpPort}`],
      enable_loopback_candidate: address.loopback,
      ...(address.loopback ? { ips: { includes: ['127.0.0.1/32'] } } : {}),
    },
    keys: { [keys.apiKey]: keys.apiSecret },
    room: {
      auto_create: false,
      enable_remote_unmute: false,
      // LiveKit looks at a track's name, not at its kind: without this a "microphone" could send pictures.
      enabled_codecs: [{ mime: 'audio/opus' }, { mime: 'audio/red' }],
    },
    webhook: { api_key: keys.apiKey, urls: [webhookUrl] },
    logging: { json: true, level: 'warn' },
  });
}
