import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const KEPT_OUTPUT = 20_000;

/**
 * Resolves when a server that was started says that it is ready. Rejects with what it printed when it ends before, or
 * after `withinMs`. `onOutput` gets its newest output whenever there is more, later as well.
 */
export function serverReady(
  child: ChildProcess,
  options: { withinMs: number; onOutput?(text: string): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const failed = (why: string) => {
      clearTimeout(late);
      reject(new Error(`The server ${why}:\n${said}`));
    };
    const late = setTimeout(() => failed('was not ready in time'), options.withinMs);
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-KEPT_OUTPUT);
      options.onOutput?.(said);
      // With what belongs to the same lines, such as the mailbox's address.
      if (!/^Salotto is ready at .*\n/m.test(said)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => failed('ended'));
  });
}

/** Ends a process and waits for it; what has not ended after `withinMs` is killed. Whether it ended by itself. */
export async function endProcess(
  child: ChildProcess,
  options: { withinMs: number; signal?: NodeJS.Signals },
): Promise<boolean> {
  const { withinMs, signal = 'SIGTERM' } = options;
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await gone;
  clearTimeout(late);
  return child.signalCode !== 'SIGKILL' || signal === 'SIGKILL';
}
