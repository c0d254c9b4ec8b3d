import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureDebianPackage } from './debian.ts';
import { sparePort } from './ports.ts';

export type TestRedis = {
  url: string;
  /** Stops it as a crash does; the same address later is `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It neither answers nor closes its connections, until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

const START_MS = 10_000;

/** Redis in memory on a free port of loopback, or null where the machine has none and none can be installed. */
export async function startTestRedis(): Promise<TestRedis | null> {
  const command = await ensureDebianPackage({ command: 'redis-server', package: 'redis-server' });
  if (!command) return null;
  const dir = await mkdtemp(join(tmpdir(), 'salotto-redis-'));
  const port = await sparePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = spawn(command as string, args, { stdio: 'ignore' });
    const until = Date.now() + START_MS;
    while (!(await answers(port))) {
      if (Date.now() > until || child.exitCode !== null) throw new Error('redis-server did not start');
      await wait(20);
    }
  }

  async function kill(): Promise<void> {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
