import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from './logger.ts';
import { isAlive, signal, startMark, waitUntilGone } from './processes.ts';

const PROGRAM = fileURLToPath(new URL('./guardian-main.ts', import.meta.url));
const FILE = 'guardian';
/** It gives every child less than five seconds. */
const FINISH_MS = 8_000;
const AGAIN_MS = 500;

/** How a child is ended: asked first, then not any more. */
export type Ending = { ask: NodeJS.Signals; force: NodeJS.Signals };
/** What the guardian is told: the processes to end when its parent is gone, each with the mark of its start. */
export type Guarded = Ending & { pid: number; mark: string };

/** Names a child that must not outlive this process; call what it returns when the child has ended. */
export type Guard = (pid: number | undefined, ending?: Ending) => () => void;

export type Guardian = { guard: Guard; stop(): Promise<void> };

/** For whoever looks after its children by other means. */
export const unguarded: Guard = () => () => undefined;

const KILL: Ending = { ask: 'SIGTERM', force: 'SIGKILL' };

/**
 * Waits until the guardian of an earlier run, whose parent was killed, has ended that run's children: nobody should
 * adopt what is just being stopped. Call it while the folder is locked.
 */
async function waitForFormer(file: string): Promise<void> {
  let pid: number;
  let mark: string;
  try {
    const [id = '', written = ''] = readFileSync(file, 'utf8').split('\n');
    [pid, mark] = [Number(id), written];
  } catch {
    return;
  }
  if (!isAlive(pid) || startMark(pid) !== mark) return;
  if (await waitUntilGone(pid, FINISH_MS)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, 1_000);
}

/**
 * A small process that ends this one's children when this one is gone, whatever ended it: it holds the other end of a
 * pipe that only this process has. It is started again if it dies, and ends by itself after `stop`.
 */
export async function startGuardian(options: { dataDir: string; logger: Logger }): Promise<Guardian> {
  const { logger } = options;
  const file = join(options.dataDir, FILE);
  await waitForFormer(file);
  const children = new Set<Guarded>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let keeper = launch();

  function launch(): ChildProcess {
    // In its own session: what ends this process' group must leave it alive.
    const started = spawn(process.execPath, ['--max-old-space-size=32', PROGRAM], {
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    started.unref();
    started.stdin?.on('error', () => undefined);
    if (started.pid) writeFileSync(file, `${started.pid}\n${startMark(started.pid)}\n`, { mode: 0o600 });
    const again = () => {
      if (stopped) return;
      logger.warn('the guardian of the child processes ended and is started again');
      clearTimeout(timer);
      timer = setTimeout(() => {
        keeper = launch();
      }, AGAIN_MS).unref();
    };
    started.once('exit', again);
    started.once('error', again);
    tell(started);
    return started;
  }

  function tell(to: ChildProcess): void {
    to.stdin?.write(`${JSON.stringify([...children])}\n`);
  }

  function guard(pid: number | undefined, ending: Ending = KILL): () => void {
    if (!pid || stopped) return () => undefined;
    const child = { pid, mark: startMark(pid), ...ending };
    children.add(child);
    tell(keeper);
    return () => {
      if (children.delete(child) && !stopped) tell(keeper);
    };
  }

  return {
    guard,
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      children.clear();
      tell(keeper);
      keeper.stdin?.end();
      if (keeper.pid) await waitUntilGone(keeper.pid, FINISH_MS);
      rmSync(file, { force: true });
    },
  };
}
