import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { isLoopbackHost } from './addresses.ts';
import { type SharedConfig, sharedConfig } from './config-shared.ts';
import {
  ConfigError,
  countOf,
  databaseUrlOf,
  daysOf,
  hostOf,
  list,
  oneOf,
  originOf,
  portOf,
  proxyOf,
  urlOf,
} from './config-values.ts';
import { SETTINGS, type SettingName } from './settings.ts';

export { ConfigError } from './config-values.ts';
export { describeSettings } from './settings.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;
const LEAVING_DAYS_MAX = 90;
const ENVIRONMENTS = ['development', 'production'] as const;

export type Config = SharedConfig & {
  /** Development only while nobody but this machine can reach the server. */
  environment: (typeof ENVIRONMENTS)[number];
  name: string;
  /** Absolute. */
  dataDir: string;
  host: string;
  port: number;
  /** Origins that people open; the first is the one in mails. */
  publicUrls: string[];
  /** Serve the local network under TLS as well, with a certificate of our own. Null: do not. */
  lan: { httpsPort: number; names: string[] } | null;
  privateHost: string;
  privatePort: number;
  demo: boolean;
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** Null: a LiveKit that this process supervises. */
  livekit: { url: string; apiKey: string; apiSecret: string } | null;
  livekitServer: string | null;
  livekitUdpPort: number;
  livekitTcpPort: number;
  /** This server starts a mixer of its own. */
  mixer: boolean;
  /** TURN over TLS, which a proxy ends before LiveKit. Null: none. */
  turn: { domain: string; tlsPort: number } | null;
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Guests by links from one address, in a quarter of an hour. */
  guestsPerAddress: number;
  /** Days in which somebody who deleted their account can come back. */
  leavingDays: number;
  trustedProxies: string[];
  /** Addresses that people pin may be this machine's own: for tests. */
  outgoingLoopback: boolean;
};

/** What was asked for, as it was written: no defaults, no checks. */
export type RawSettings = Partial<Record<SettingName, string>> & { demo: boolean; lan?: boolean };

/** What the machine says about itself, for looking for programs and keeping what was built. */
export type Machine = { cacheDir: string; searchPath: string[]; childEnv: NodeJS.ProcessEnv };

/** Takes the settings from the environment and the command line. An empty value counts as none. */
export function readEnv(env: NodeJS.ProcessEnv, argv: string[]): RawSettings {
  const raw: RawSettings = { demo: false };
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const value = env[name]?.trim();
    if (value) raw[name] = value;
  }
  const rest = [...argv];
  while (rest.length > 0) {
    const arg = rest.shift() ?? '';
    if (arg === '--demo') raw.demo = true;
    else if (arg === '--lan') raw.lan = true;
    else if (arg === '--port') raw.PORT = rest.shift() ?? '';
    else if (arg.startsWith('--port=')) raw.PORT = arg.slice('--port='.length);
    else throw new ConfigError(`Unknown option "${arg}". Known are --port N, --lan and --demo.`);
  }
  return raw;
}

export function readMachine(env: NodeJS.ProcessEnv): Machine {
  return {
    cacheDir: join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'salotto'),
    searchPath: (env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    childEnv: env,
  };
}

function livekitOf(raw: RawSettings): Config['livekit'] {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = raw;
  if (!url && !apiKey && !apiSecret) return null;
  if (!url || !apiKey || !apiSecret) {
    throw new ConfigError(
      'LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET belong together: set all three or none.',
    );
  }
  return { url: urlOf('LIVEKIT_URL', url, ['ws:', 'wss:', 'http:', 'https:']), apiKey, apiSecret };
}

/** Fills in the defaults and checks every value. Throws a ConfigError whose sentence names the setting. */
export function toConfig(raw: RawSettings): Config {
  const host = raw.HOST ?? (raw.lan ? '0.0.0.0' : '127.0.0.1');
  const port = portOf('PORT', raw.PORT ?? '8080');
  const given = list(raw.PUBLIC_URL).map((url) => originOf('PUBLIC_URL', url));
  const publicUrls = given.length > 0 ? given : localUrls(port);
  if (raw.lan && given.length > 0) {
    throw new ConfigError(
      '--lan and PUBLIC_URL exclude each other: the one is for this network, the other for a name.',
    );
  }
  const open = !isLoopbackHost(host) || given.length > 0;
  if (raw.demo && open) {
    throw new ConfigError(
      '--demo only runs where nobody else can get in: no --lan, no PUBLIC_URL, and HOST at 127.0.0.1.',
    );
  }
  const name = raw.SALOTTO_NAME ?? 'Salotto';
  if (name.length > 60) throw new ConfigError('SALOTTO_NAME is too long: at most 60 characters.');
  const environment = raw.SALOTTO_ENV
    ? oneOf('SALOTTO_ENV', raw.SALOTTO_ENV, ENVIRONMENTS)
    : open || raw.SMTP_URL
      ? 'production'
      : 'development';
  const outgoingLoopback = oneOf('OUTGOING_LOOPBACK', raw.OUTGOING_LOOPBACK ?? 'no', ['yes', 'no'] as const) === 'yes';
  if (outgoingLoopback && environment === 'production') {
    throw new ConfigError(
      'OUTGOING_LOOPBACK is for tests: in production nobody may read this machine’s own addresses.',
    );
  }
  const sender = `no-reply@${new URL(publicUrls[0] ?? 'http://localhost').hostname}`;
  return {
    environment,
    name,
    dataDir: resolve(raw.SALOTTO_DATA ?? './data'),
    host,
    port,
    publicUrls,
    lan: raw.lan
      ? { httpsPort: portOf('LAN_HTTPS_PORT', raw.LAN_HTTPS_PORT ?? '8443'), names: list(raw.LAN_NAMES) }
      : null,
    privateHost: raw.PRIVATE_HOST ?? '127.0.0.1',
    privatePort: portOf('PRIVATE_PORT', raw.PRIVATE_PORT ?? '0'),
    demo: raw.demo,
    databaseUrl: raw.DATABASE_URL ? databaseUrlOf('DATABASE_URL', raw.DATABASE_URL) : null,
    ...sharedConfig(raw),
    livekit: livekitOf(raw),
    livekitServer: raw.LIVEKIT_SERVER ? resolve(raw.LIVEKIT_SERVER) : null,
    livekitUdpPort: portOf('LIVEKIT_UDP_PORT', raw.LIVEKIT_UDP_PORT ?? '7882'),
    livekitTcpPort: portOf('LIVEKIT_TCP_PORT', raw.LIVEKIT_TCP_PORT ?? '7881'),
    mixer: oneOf('MIXERS', raw.MIXERS ?? '1', ['0', '1']) === '1',
    turn: raw.TURN_DOMAIN
      ? {
          domain: hostOf('TURN_DOMAIN', raw.TURN_DOMAIN),
          tlsPort: portOf('TURN_TLS_PORT', raw.TURN_TLS_PORT ?? '5349'),
        }
      : null,
    smtpUrl: raw.SMTP_URL ? urlOf('SMTP_URL', raw.SMTP_URL, ['smtp:', 'smtps:']) : null,
    mailFrom: raw.MAIL_FROM ?? `${name} <${sender}>`,
    logLevel: oneOf('LOG_LEVEL', raw.LOG_LEVEL ?? 'info', LOG_LEVELS),
    leavingDays: daysOf('LEAVING_DAYS', raw.LEAVING_DAYS ?? '14', LEAVING_DAYS_MAX),
    guestsPerAddress: countOf('GUESTS_PER_ADDRESS', raw.GUESTS_PER_ADDRESS ?? '1000'),
    outgoingLoopback,
    trustedProxies: list(raw.TRUSTED_PROXIES).map((proxy) => proxyOf('TRUSTED_PROXIES', proxy)),
  };
}

/** The addresses of a server that only this machine opens. */
export function localUrls(port: number): string[] {
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
}
