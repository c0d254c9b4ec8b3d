import { lookup } from 'node:dns/promises';
import { isInternalAddress } from './addresses.ts';
import { type Config, ConfigError, localUrls, type RawSettings } from './config.ts';
import { freePort, portIsFree } from './ports.ts';

type Resolve = (host: string) => Promise<string[]>;

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * A token can't be taken back, so a LiveKit that people reach past the server's own gate would let a removed person
 * speak again.
 */
async function checkLivekitIsInternal(url: string, resolve: Resolve): Promise<void> {
  const host = new URL(url).hostname.replace(/^\[(.+)\]$/, '$1');
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0) {
    throw new ConfigError(
      'LIVEKIT_URL names a host that can not be found, so it can not be checked that it is internal.',
    );
  }
  if (!addresses.every(isInternalAddress)) {
    throw new ConfigError(
      'LIVEKIT_URL leads to a public address. Give LiveKit an address that only your servers reach: people reach it through this server.',
    );
  }
}

async function settlePort(options: {
  name: string;
  asked: boolean;
  port: number;
  host?: string;
  protocol: 'tcp' | 'udp';
}): Promise<number> {
  const { name, asked, port, host, protocol } = options;
  if (asked && port !== 0 && !(await portIsFree({ host, port, protocol }))) {
    throw new ConfigError(
      `${name} ${port} is taken or not allowed: choose another, or leave it away to get a free one.`,
    );
  }
  return freePort({ host, wanted: port, protocol });
}

/**
 * What only the machine can tell: free ports in place of those that are taken, and that LiveKit is where it may be.
 * Throws a ConfigError where a port that was asked for is not free.
 */
export async function fitToMachine(config: Config, raw: RawSettings, resolve = resolveAll): Promise<Config> {
  if (config.livekit && config.environment === 'production') await checkLivekitIsInternal(config.livekit.url, resolve);
  const port = await settlePort({
    name: 'PORT',
    asked: raw.PORT !== undefined,
    port: config.port,
    host: config.host,
    protocol: 'tcp',
  });
  const httpsPort = await settlePort({
    name: 'LAN_HTTPS_PORT',
    asked: raw.LAN_HTTPS_PORT !== undefined,
    port: config.lan?.httpsPort ?? 0,
    host: config.host,
    protocol: 'tcp',
  });
  const privatePort = await settlePort({
    name: 'PRIVATE_PORT',
    asked: raw.PRIVATE_PORT !== undefined,
    port: config.privatePort,
    host: config.privateHost,
    protocol: 'tcp',
  });
  const lan = config.lan && { ...config.lan, httpsPort };
  return { ...config, port, privatePort, lan, publicUrls: raw.PUBLIC_URL ? config.publicUrls : localUrls(port) };
}
