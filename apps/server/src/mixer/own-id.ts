import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What the mixer of this data folder is known by, made once: after a crash of the server, what it held is known to be
 * nobody's, and has not to be waited for. No secret.
 */
export async function loadMixerId(dataDir: string): Promise<string> {
  const file = join(dataDir, 'mixer.id');
  const known = z.uuid().safeParse((await readFile(file, 'utf8').catch(() => '')).trim());
  if (known.success) return known.data;
  const made = randomUUID();
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, made);
  return made;
}
