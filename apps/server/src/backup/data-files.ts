import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLAIM_FILE, ORIGIN_FILE } from '../administration/claim-notice.ts';
import { LAST_BACKUP } from './last-backup.ts';

/** Of the data folder: what is backed up another way, made anew at each start, or true of this moment only. */
const LEFT_OUT = new Set([
  ...['postgres', 'postgres-is-elsewhere.txt', 'pictures', 'lock', 'guardian', 'mixer.id', 'restoring', LAST_BACKUP],
  ...[CLAIM_FILE, ORIGIN_FILE],
  ...['livekit/log', 'livekit/pid', 'livekit/lock', 'livekit/livekit.yaml'],
]);
/** Keys and settings are small; what is not is no file of ours. */
const LARGEST_BYTES = 1024 * 1024;
const DEEPEST = 4;

const isPassing = (path: string): boolean => LEFT_OUT.has(path) || /(^|\/)\.|\.(new|old|part)$|(^|\/)lock\./.test(path);

/** Keys and the like: every small file of the data folder that a new installation could not make again as it was. */
export async function* dataFiles(dataDir: string, below = ''): AsyncGenerator<{ path: string; bytes: Buffer }> {
  for (const name of (await readdir(join(dataDir, below))).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    if (isPassing(path)) continue;
    const found = await lstat(join(dataDir, path));
    if (found.isDirectory() && path.split('/').length < DEEPEST) yield* dataFiles(dataDir, path);
    else if (found.isFile() && found.size <= LARGEST_BYTES) {
      yield { path, bytes: await readFile(join(dataDir, path)) };
    }
  }
}
