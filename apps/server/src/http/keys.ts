import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  return (await readFile(file, 'utf8')).trim();
}
