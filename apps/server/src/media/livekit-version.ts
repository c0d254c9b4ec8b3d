import { execFile } from 'node:child_process';

/** The one release that Salotto is tested with. */
export const LIVEKIT_VERSION = '1.13.5';

/** The version that a program says it is, or null where it can't be run or says none. */
export function versionOf(binary: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(binary, ['--version'], { timeout: 10_000 }, (error, stdout) => {
      resolve(error ? null : (/version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null));
    });
  });
}
