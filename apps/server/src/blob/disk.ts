import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blobs, requireBlobName } from './blobs.ts';

export type { Blobs } from './blobs.ts';

/**
 * Blobs as files in one folder, which several processes may share. A file is there whole or not at all, also after a
 * crash.
 */
export function createDiskBlobs(dir: string): Blobs {
  function path(name: string): string {
    requireBlobName(name);
    return join(dir, name);
  }

  return {
    async put(name, bytes) {
      const target = path(name);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const temporary = join(dir, `.${randomUUID()}.part`);
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },

    async get(name) {
      try {
        return new Uint8Array(await readFile(path(name)));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },

    async delete(name) {
      await rm(path(name), { force: true });
    },
  };
}
