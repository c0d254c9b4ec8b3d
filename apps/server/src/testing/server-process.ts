import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../ports.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const START_MS = 30_000;

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
  const port = await freePort({ protocol: 'tcp' });
  const privatePort = await freePort({ protocol: 'tcp' });
  const own = { SALOTTO_DATA: dataDir, PORT: String(port), PRIVATE_PORT: String(privatePort) };
  let child: ChildProcess | null = null;
  let output = '';

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env, ...own } });
    child = started;
    const ready = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the server did not start: ${output}`)), START_MS);
      const hear = (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-20_000);
        if (!output.includes('Salotto is ready')) return;
        clearTimeout(late);
        resolve();
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.once('exit', () => reject(new Error(`the server ended: ${output}`)));
    });
    output = '';
    await ready;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
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
