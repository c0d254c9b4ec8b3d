import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Guard, unguarded } from './guardian.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long had started well: its end is a new trouble. */
const STEADY_MS = 60_000;
const STOP_TIMEOUT_MS = 3_000;
/** Of what it says, the last of this many characters is kept for the log. */
const SAID_MAX = 2_000;

export type KeptChild = { stop(): Promise<void> };

/**
 * Keeps a program of ours running as a process of its own, so that sound never competes with the server's loop. It ends
 * when this process does, whatever ends it: its standard input is then closed.
 */
export function keepChild(options: {
  program: string;
  args: string[];
  /** Beside the environment of this process; secrets go here, never into the arguments. */
  env?: Record<string, string>;
  /** What it is, for the log. */
  part: string;
  logger: Logger;
  firstPauseMs?: number;
  guard?: Guard;
  /** It ended by itself, whatever the cause, and does not run yet again. */
  onEnded?(): void;
}): KeptChild {
  const { program, args, env, firstPauseMs = FIRST_PAUSE_MS, guard = unguarded } = options;
  const logger = options.logger.child({ part: options.part });
  let stopped = false;
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;
  let child = launch();

  function launch(): ChildProcess {
    const startedAt = Date.now();
    // In its own process group: Ctrl-C at the terminal is for the server to handle.
    const started = spawn(process.execPath, [program, ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
      ...(env && { env }),
    });
    let said = '';
    started.stderr?.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-SAID_MAX);
    });
    started.stdin?.on('error', () => {});
    const release = guard(started.pid);
    const again = (reason: object) => {
      release();
      if (stopped) return;
      options.onEnded?.();
      if (Date.now() - startedAt > STEADY_MS) pauseMs = firstPauseMs;
      logger.warn({ ...reason, said, pauseMs }, 'a process of ours ended and is started again');
      timer = setTimeout(() => {
        child = launch();
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    };
    started.once('exit', (exitCode, exitSignal) => again({ exitCode, exitSignal }));
    started.once('error', (error) => again({ error }));
    return started;
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.stdin?.end();
      await Promise.race([exit, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
      child.kill('SIGKILL');
      await exit;
    },
  };
}
