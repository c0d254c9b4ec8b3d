import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Guard, unguarded } from './guardian.ts';
import type { Logger } from './logger.ts';
import { startMark } from './processes.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 6000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** A process that ran this long had started well: the next failure is a new one. */
const STEADY_MS = 60_000;

export type Keeper = {
  /** Resolves when the process answers. Rejects where it ended instead, or took too long. */
  ready(): Promise<void>;
  /** Ends the process at once, as a crash would, and resolves when its successor answers. */
  restart(): Promise<void>;
  /** Ends the process for good. */
  stop(): Promise<void>;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/**
 * Runs a program and starts it again when it ends, after a pause that doubles up to ten seconds. Its output goes to
 * `logFd`; `pidFile` notes which process it is, for whoever comes after a crash of this one.
 */
export function keepRunning(options: {
  command: string;
  args: string[];
  logFd: number;
  pidFile: string;
  isReady: () => Promise<boolean>;
  logger: Logger;
  guard?: Guard;
}): Keeper {
  const { command, args, logFd, pidFile, isReady, logger, guard = unguarded } = options;
  let stopped = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let child = launch();
  // An exit that skips `stop` takes the process along.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);

  function launch(): ChildProcess {
    const startedAt = Date.now();
    // In its own process group: Ctrl-C at the terminal is for this process to handle.
    const started = spawn(command, args, { detached: true, stdio: ['ignore', logFd, logFd] });
    if (started.pid) writeFileSync(pidFile, `${started.pid}\n${startMark(started.pid)}\n`, { mode: 0o600 });
    const release = guard(started.pid);
    const again = (reason: object) => {
      release();
      if (stopped) return;
      if (Date.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      logger.warn({ ...reason, pauseMs }, 'a supervised process ended and is started again');
      timer = setTimeout(() => {
        child = launch();
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    };
    started.once('exit', (exitCode, exitSignal) => again({ exitCode, exitSignal }));
    started.once('error', (err) => again({ err }));
    return started;
  }

  async function ready(): Promise<void> {
    const first = child;
    const until = Date.now() + READY_TIMEOUT_MS;
    while (!(await isReady())) {
      if (first.pid === undefined || hasEnded(first)) throw new Error('it ended at once');
      if (Date.now() > until) throw new Error('it does not answer');
      await sleep(25);
    }
  }

  async function restart(): Promise<void> {
    const old = child;
    if (!hasEnded(old)) {
      old.kill('SIGKILL');
      await once(old, 'exit');
    }
    const until = Date.now() + READY_TIMEOUT_MS;
    while (child === old || !(await isReady())) {
      if (stopped || Date.now() > until) throw new Error('it does not come back');
      await sleep(25);
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearTimeout(timer);
    process.off('exit', end);
    if (child.pid === undefined || hasEnded(child)) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([exit, sleep(100, undefined, { ref: false })]);
    // Asked once, LiveKit waits until everybody has left; asked twice, it says goodbye to them.
    if (!hasEnded(child)) child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exit;
    clearTimeout(late);
  }

  return { ready, restart, stop };
}
