import { accessSync, constants, mkdirSync } from 'node:fs';
import { requireRestored } from './backup/restore.ts';
import { type Config, ConfigError, type Machine } from './config.ts';
import { startEmbeddedPostgres } from './db/embedded.ts';
import { migrateDb } from './db/migrate.ts';
import { checkOwnDatabase } from './db/own-database.ts';
import { lockFolder } from './folder-lock.ts';
import { type Guard, startGuardian } from './guardian.ts';
import type { Logger } from './logger.ts';
import { findLivekitServer, startLivekit } from './media/livekit-server.ts';

type Livekit = NonNullable<Config['livekit']>;

type Server = {
  port: number;
  mailboxKey: string | null;
  claimToken?: string | null;
  lanNotice?(options: { qr: boolean }): string | null;
  stop(): Promise<void>;
};

export type LaunchOptions = {
  config: Config;
  machine: Machine;
  logger: Logger;
  /** One line about what is going on. */
  progress: (line: string) => void;
  /** Gives the start up. */
  signal: AbortSignal;
  createServer(options: {
    config: Config;
    logger: Logger;
    connectionString: string;
    livekit: Livekit;
    guard: Guard;
  }): Promise<Server>;
};

function openDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigError(`SALOTTO_DATA: the folder ${dataDir} can not be made or written to (${reason}).`);
  }
}

/**
 * Starts everything that the configuration asks for: database and LiveKit side by side, then the server. `stop` ends it
 * in reverse order. Where a step fails, what was started before it is ended first.
 */
export async function launch(options: LaunchOptions): Promise<Server> {
  const { config, machine, logger, progress, signal, createServer } = options;
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) {
      await end().catch((err) => logger.error({ err }, 'something did not stop well'));
    }
  };

  async function openDatabase(guard: Guard): Promise<string> {
    let address = config.databaseUrl;
    if (address) await checkOwnDatabase(address);
    else {
      const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, logger, guard });
      started.push(embedded.stop);
      address = embedded.connectionString;
    }
    await migrateDb(address);
    return address;
  }

  async function openLivekit(guard: Guard): Promise<Livekit> {
    if (config.livekit) return config.livekit;
    const binary = await findLivekitServer({ config, machine, progress, signal });
    signal.throwIfAborted();
    const webhookUrl = `http://127.0.0.1:${config.privatePort}/livekit/webhook`;
    const livekit = await startLivekit({ binary, dataDir: config.dataDir, webhookUrl, config, logger, guard });
    started.push(livekit.stop);
    return livekit;
  }

  try {
    openDataDir(config.dataDir);
    requireRestored(config.dataDir);
    const lock = lockFolder(config.dataDir);
    started.push(async () => lock.release());
    const { guard, stop: dismiss } = await startGuardian({ dataDir: config.dataDir, logger });
    started.push(dismiss);
    const [database, livekit] = await Promise.allSettled([openDatabase(guard), openLivekit(guard)]);
    if (database.status === 'rejected') throw database.reason;
    if (livekit.status === 'rejected') throw livekit.reason;
    signal.throwIfAborted();
    const { url, apiKey, apiSecret } = livekit.value;
    const server = await createServer({
      ...{ config, logger, guard, connectionString: database.value },
      livekit: { url, apiKey, apiSecret },
    });
    started.push(server.stop);
    return { ...server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
