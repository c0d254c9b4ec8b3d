import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';

const MAX_BYTES = 5_000_000;
const CHECK_MS = 60_000;

/**
 * A file that a child process writes to directly, so that it keeps running when this process dies. It is emptied when it
 * grows beyond 5 MB.
 */
export function openBoundedLog(file: string): { fd: number; close(): void } {
  const fd = openSync(file, 'a', 0o600);
  truncateSync(file);
  const check = setInterval(() => {
    try {
      if (statSync(file).size > MAX_BYTES) truncateSync(file);
    } catch {
      // Somebody removed it: the child writes on into nothing.
    }
  }, CHECK_MS).unref();
  return {
    fd,
    close() {
      clearInterval(check);
      closeSync(fd);
    },
  };
}

/** The end of a log, for a message about why its writer stopped. */
export function lastLines(file: string, count = 6): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
