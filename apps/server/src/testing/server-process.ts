import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, serverReady } from './child-server.ts';
import { sparePort } from './ports.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const START_MS = 30_000;
const STOP_MS = 15_000;

export type ServerProcess = {
  port: number;
  privatePort: number;
  /** As a crash: nothing is said, nothing is closed. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it as an operator does, and removes its data folder. */
  stop(): Promise<void>;
  /** What it wrote so far, for the message of a test that fails. */
  output(): string;
};

/** A server as a process of its own, with a data folder of its own; on the same ports again after `kill` and `start`. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'salotto-process-'));
  const port = await sparePort();
  const privatePort = await sparePort();
  const own = { SALOTTO_DATA: dataDir, PORT: String(port), PRIVATE_PORT: String(privatePort) };
  let child: ChildProcess | null = null;
  let output = '';

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [MAIN], { env: { ...process.env, MIXERS: '0', ...env, ...own } });
    child = started;
    output = '';
    await serverReady(started, {
      withinMs: START_MS,
      onOutput: (text) => {
        output = text;
      },
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (ending) await endProcess(ending, { signal, withinMs: STOP_MS });
  }

  try {
    await start();
  } catch (error) {
    await end('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return {
    ...{ port, privatePort, start },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
    output: () => output,
  };
}
