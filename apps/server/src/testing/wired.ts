import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, serverReady } from './child-server.ts';
import { createTestDb, type TestDb } from './db.ts';
import { type Network, type NetworkClient, openNetwork } from './network.ts';
import { buildPerson, signInAs } from './people.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** For pages: a microphone that never pauses, and `soundMeter`. */
export const SOUND_METER = fileURLToPath(new URL('sound-meter.js', import.meta.url));
const START_MS = 120_000;
const STOP_MS = 15_000;
const [HTTP_PORT, HTTPS_PORT] = [8080, 8443];

export type WiredServer = {
  /** One for each client that was asked for. */
  clients: (NetworkClient & { origin: string })[];
  /** Before the command of whatever else runs on the server's machine. */
  onServer: string[];
  /** What it printed last. */
  output(): string;
  db: TestDb['db'];
  /** Somebody with a profile, signed in: the `Cookie` header of their device. */
  person(name: string): Promise<{ id: string; name: string; cookie: string }>;
  stop(): Promise<void>;
};

/**
 * The server as `npm start -- --lan` runs it, LiveKit included, on a machine of its own with a cable to each client.
 * Null where there are no network namespaces.
 */
export async function startWiredServer(options: {
  clients: number;
  /** Where pages are opened, behind a proxy that the test starts; with it the server is not started with `--lan`. */
  publicUrl?: string;
  env?: Record<string, string>;
}): Promise<WiredServer | null> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const network = await openNetwork(options);
  if (!network) return null;
  ends.push(network.close);
  try {
    const database = await createTestDb();
    ends.push(database.close);
    const dataDir = await mkdtemp(join(tmpdir(), 'salotto-wired-'));
    chmodSync(dataDir, 0o755);
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const child = launch({ network, dataDir, database: database.connectionString, ...options });
    ends.push(() => endProcess(child, { withinMs: STOP_MS }));
    let said = '';
    await serverReady(child, {
      withinMs: START_MS,
      onOutput: (text) => {
        said = text;
      },
    });
    return {
      onServer: network.onServer,
      output: () => said,
      db: database.db,
      clients: network.clients.map((client) => ({
        ...client,
        origin: options.publicUrl ?? `https://${client.serverAddress}:${HTTPS_PORT}`,
      })),
      async person(name) {
        const made = await buildPerson(database.db, { name });
        const { cookie } = await signInAs(database.db, made, { secure: options.publicUrl !== undefined });
        return { id: made.id, name: made.name, cookie };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch(options: {
  network: Network;
  dataDir: string;
  database: string;
  publicUrl?: string;
  env?: Record<string, string>;
}) {
  const { network, dataDir, database, publicUrl, env } = options;
  const [command = '', ...args] = network.onServer;
  const { LIVEKIT_URL: _url, LIVEKIT_API_KEY: _key, LIVEKIT_API_SECRET: _secret, ...inherited } = process.env;
  return spawn(command, [...args, process.execPath, MAIN, ...(publicUrl ? [] : ['--lan'])], {
    env: {
      ...inherited,
      DATABASE_URL: database.replace('@/', '@localhost/'),
      ...{ SALOTTO_DATA: dataDir, PORT: String(HTTP_PORT), LAN_HTTPS_PORT: String(HTTPS_PORT) },
      ...{ LOG_LEVEL: 'warn', MIXERS: '0', PUBLIC_URL: publicUrl ?? '', SMTP_URL: '', HOST: '', ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
