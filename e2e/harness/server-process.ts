import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestLivekit } from '@salotto/server/testing';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_MS = 60_000;
const STOP_MS = 15_000;
const KEPT_OUTPUT = 8_000;

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
  const port = options.port ?? (await freePort());
  const privatePort = options.privatePort ?? (await freePort());
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
      if (!(await end(child, 'SIGTERM'))) throw new Error(`The server did not stop:\n${output}`);
    },
    async kill() {
      await end(child, 'SIGKILL');
    },
    async close() {
      await end(child, 'SIGTERM');
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
    await new Promise<void>((resolve, reject) => {
      const failed = (why: string) => reject(new Error(`The server ${why}:\n${output}`));
      const timer = setTimeout(() => failed('was not ready in time'), READY_MS);
      const read = (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
        const ready = /^Salotto is ready at .*\n(?:Mails: (\S+)\n)?/m.exec(output);
        if (!ready) return;
        mailbox = ready[1] ?? '';
        clearTimeout(timer);
        resolve();
      };
      output = '';
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.once('exit', () => {
        clearTimeout(timer);
        failed('ended');
      });
    }).catch(async (error) => {
      await end(started, 'SIGKILL');
      throw error;
    });
    return started;
  }
}

/** Whether it ended without having to be killed. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(late);
  return child.signalCode !== 'SIGKILL' || signal === 'SIGKILL';
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The same database in the form that `URL` can read: user and password of a unix socket's address go into the query. */
function plainAddress(connectionString: string): string {
  const socket = /^(postgres(?:ql)?:\/\/)([^:@/]+)(?::([^@/]*))?@(\/[^?]*)\?(.*)$/.exec(connectionString);
  if (!socket) return connectionString;
  const [, scheme, user, password, path, query] = socket;
  return `${scheme}${path}?${query}&user=${user}${password ? `&password=${password}` : ''}`;
}
