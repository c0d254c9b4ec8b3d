import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { lastLines, openBoundedLog } from '../bounded-log.ts';
import { type Config, ConfigError } from '../config.ts';
import { lockFolder } from '../folder-lock.ts';
import type { Guard } from '../guardian.ts';
import { keepRunning } from '../keep-running.ts';
import type { Logger } from '../logger.ts';
import { freePort } from '../ports.ts';
import { commandOf, isAlive, signal, startMark, waitUntilGone } from '../processes.ts';
import { StartError } from '../start-error.ts';
import { chooseMediaAddress, type LivekitKeys, type MediaAddress, renderLivekitConfig } from './livekit-config.ts';
import { followAddress } from './livekit-follow.ts';

export { findLivekitServer } from './livekit-find.ts';

const USUAL_PORTS = { udp: 7882, tcp: 7881 } as const;

export type Livekit = LivekitKeys & {
  /** The signalling and API address, on loopback (http). */
  url: string;
  /** Where sound arrives. */
  udpPort: number;
  tcpPort: number;
  /** Ends the process at once, as a crash would; resolves when it is back with the same keys and ports. */
  restart(): Promise<void>;
  /** Ends it for good. Does nothing the second time. */
  stop(): Promise<void>;
};

const keysSchema = z.object({ apiKey: z.string().min(1), apiSecret: z.string().min(32) });

function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The keys of this installation, made once. */
function readKeys(folder: string): LivekitKeys {
  const file = join(folder, 'keys.json');
  if (existsSync(file)) {
    try {
      return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      throw new StartError(`${file} is damaged: put it back from a backup, or remove it, and new keys are made.`);
    }
  }
  const keys = { apiKey: `salotto${randomBytes(6).toString('hex')}`, apiSecret: randomBytes(32).toString('base64url') };
  writePrivate(file, JSON.stringify(keys));
  return keys;
}

/** The usual port gives way to a free one; another was asked for, and stops the start where it is taken. */
async function mediaPort(protocol: 'udp' | 'tcp', wanted: number): Promise<number> {
  const port = await freePort({ wanted, protocol });
  if (wanted === 0 || wanted === USUAL_PORTS[protocol] || port === wanted) return port;
  const name = `LIVEKIT_${protocol.toUpperCase()}_PORT`;
  throw new ConfigError(`${name} ${wanted} is taken: choose another, or leave it away to get a free one.`);
}

/** Ends the LiveKit of an earlier run whose keeper was killed. */
async function endOrphan(pidFile: string, configFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const [id, mark] = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Number(id);
  if (!isAlive(pid) || startMark(pid) !== mark || !commandOf(pid).includes(configFile)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, 5000);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function mediaAddress(config: Config) {
  const host = new URL(config.publicUrls[0] ?? 'http://localhost').hostname;
  const found = await lookup(host, { all: true }).catch(() => []);
  return chooseMediaAddress({
    config,
    interfaces: networkInterfaces(),
    published: found.map(({ address }) => address),
  });
}

/**
 * Runs LiveKit beside the server and keeps it running: when it dies it is started again with the same keys and ports.
 * Rejects with a sentence where it can't be started at all.
 */
export async function startLivekit(options: {
  binary: string;
  dataDir: string;
  webhookUrl: string;
  config: Config;
  logger: Logger;
  guard?: Guard;
}): Promise<Livekit> {
  const { binary, dataDir, webhookUrl, config, logger, guard } = options;
  const folder = join(dataDir, 'livekit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configFile = join(folder, 'livekit.yaml');
  const pidFile = join(folder, 'pid');
  const logFile = join(folder, 'log');
  const lock = lockFolder(folder);
  const log = openBoundedLog(logFile);
  const release = () => {
    rmSync(pidFile, { force: true });
    log.close();
    lock.release();
  };
  try {
    await endOrphan(pidFile, configFile);
    const keys = readKeys(folder);
    const port = await freePort({ host: '127.0.0.1', protocol: 'tcp' });
    const udpPort = await mediaPort('udp', config.livekitUdpPort);
    const tcpPort = await mediaPort('tcp', config.livekitTcpPort);
    const address = await mediaAddress(config);
    const render = (at: MediaAddress) =>
      renderLivekitConfig({ address: at, port, udpPort, tcpPort, keys, webhookUrl, turn: config.turn });
    writePrivate(configFile, render(address));
    const url = `http://127.0.0.1:${port}`;
    const keeper = keepRunning({
      command: binary,
      args: ['--config', configFile],
      logFd: log.fd,
      pidFile,
      isReady: () => answers(url),
      logger,
      guard,
    });
    await keeper.ready().catch(async (error: Error) => {
      await keeper.stop();
      throw new StartError(`LiveKit could not be started (${error.message}). Its last words:\n${lastLines(logFile)}`);
    });
    const stopFollowing = followAddress({
      ...{ enabled: config.lan !== null, first: address, read: () => mediaAddress(config), logger },
      async onChange(next) {
        writePrivate(configFile, render(next));
        await keeper.restart();
      },
    });
    let stopping: Promise<void> | null = null;
    const stop = () => {
      stopFollowing();
      stopping ??= keeper.stop().finally(release);
      return stopping;
    };
    return { ...keys, url, udpPort, tcpPort, restart: keeper.restart, stop };
  } catch (error) {
    release();
    throw error;
  }
}
