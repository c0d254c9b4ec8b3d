import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that people uploaded, by name. Names are made by the server. */
export type Blobs = {
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing of this name. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>;
};

/** `<uuid>.<ending>`: nothing that could lead out of the folder. */
const NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[a-z0-9]{2,5}$/;

export class BadBlobName extends Error {
  override name = 'BadBlobName';
}

/** Blobs as files in one folder. A file is there whole or not at all, also after a crash. */
export function createDiskBlobs(dir: string): Blobs {
  function path(name: string): string {
    if (!NAME.test(name)) throw new BadBlobName('not the name of a blob');
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
