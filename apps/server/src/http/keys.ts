import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/** What 32 random bytes come to, and some less for keys of other making. */
const SHORTEST = 32;

/** A random key of this installation, made once and kept in a file that only the server's user can read. */
export async function loadKey(dataDir: string, name: string): Promise<string> {
  const file = join(dataDir, `${name}.key`);
  await mkdir(dataDir, { recursive: true });
  try {
    // Exclusive: of two that start together, one makes the key and both read it.
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = (await readFile(file, 'utf8')).trim();
  if (key.length >= SHORTEST) return key;
  throw new StartError(
    `${file} is damaged. Put it back from a backup; or remove it, and a new one is made: codes on their way are then dead.`,
  );
}
