import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, serverReady, sparePort, type TestLivekit } from '@salotto/server/testing';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 60_000;
const STOP_MS = 15_000;

export type ServerProcess = {
  /** As people open it; the same after a restart. */
  origin: string;
  port: number;
  dataDir: string;
  readonly pid: number;
  /** The page of mails with its key; a new key after every start. */
  mailboxUrl(): string;
  /** What it printed last, for the message of a failed test. */
  output(): string;
  /** Starts it again on the same port, after `stop` or `kill`. */
  start(): Promise<void>;
  /** As Ctrl-C. Throws when it does not end by itself. */
  stop(): Promise<void>;
  /** As a crash. */
  kill(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
};

export type ServerProcessOptions = {
  connectionString: string;
  livekit: Pick<TestLivekit, 'url' | 'apiKey' | 'apiSecret'>;
  /** Settings beside those that the harness gives. */
  env?: Record<string, string>;
  args?: string[];
  port?: number;
  privatePort?: number;
};

/** The server as operators run it: a process of its own, which can be stopped, killed and started again. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { connectionString, livekit, env = {}, args = [] } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'salotto-e2e-'));
  const port = options.port ?? (await sparePort());
  const privatePort = options.privatePort ?? (await sparePort());
  const settings = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: plainAddress(connectionString),
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
    SALOTTO_DATA: dataDir,
    PORT: String(port),
    PRIVATE_PORT: String(privatePort),
    LOG_LEVEL: 'warn',
    // Of its own only where a test asks for it: it costs time that measured sound needs.
    MIXERS: '0',
    ...env,
  };
  let output = '';
  let mailbox = '';
  let child = await launch();

  return {
    origin: `http://localhost:${port}`,
    port,
    dataDir,
    get pid() {
      return child.pid ?? 0;
    },
    mailboxUrl: () => mailbox,
    output: () => output,
    async start() {
      child = await launch();
    },
    async stop() {
      if (!(await endProcess(child, { withinMs: STOP_MS }))) throw new Error(`The server did not stop:\n${output}`);
    },
    async kill() {
      await endProcess(child, { signal: 'SIGKILL', withinMs: STOP_MS });
    },
    async close() {
      await endProcess(child, { withinMs: STOP_MS });
      await rm(dataDir, { recursive: true, force: true });
    },
  };

  async function launch(): Promise<ChildProcess> {
    const own = join(ROOT, 'node_modules', '.bin', 'node');
    const started = spawn(existsSync(own) ? own : process.execPath, ['apps/server/src/main.ts', ...args], {
      cwd: ROOT,
      env: settings,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    output = '';
    await serverReady(started, {
      withinMs: READY_MS,
      onOutput: (text) => {
        output = text;
      },
    }).catch(async (error) => {
      await endProcess(started, { signal: 'SIGKILL', withinMs: STOP_MS });
      throw error;
    });
    mailbox = /^Mails: (\S+)$/m.exec(output)?.[1] ?? '';
    return started;
  }
}

/** The same database in the form that `URL` can read: user and password of a unix socket's address go into the query. */
function plainAddress(connectionString: string): string {
  const socket = /^(postgres(?:ql)?:\/\/)([^:@/]+)(?::([^@/]*))?@(\/[^?]*)\?(.*)$/.exec(connectionString);
  if (!socket) return connectionString;
  const [, scheme, user, password, path, query] = socket;
  return `${scheme}${path}?${query}&user=${user}${password ? `&password=${password}` : ''}`;
}
