import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import tar from 'tar-stream';
import { StartError } from '../start-error.ts';

/** Nothing of one entry is larger: what is kept in memory at a time. */
export const ENTRY_MAX_BYTES = 64 * 1024 * 1024;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export type ArchiveWriter = { add(name: string, bytes: Uint8Array): Promise<void> };

/**
 * Writes a compressed tar that only its user can read. It gets its name when it is whole and on the disk; where `fill`
 * fails or is aborted, nothing is left. Throws a StartError where a file of this name is there.
 */
export async function writeArchive(options: {
  file: string;
  signal: AbortSignal;
  fill(writer: ArchiveWriter): Promise<void>;
}): Promise<void> {
  const { file, signal, fill } = options;
  if (existsSync(file)) throw new StartError(`${file} is there already: choose another name, or move it away.`);
  await mkdir(dirname(file), { recursive: true });
  const partial = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`);
  const pack = tar.pack();
  const written = pipeline(
    Readable.from(pack),
    createGzip({ level: 4, chunkSize: 256 * 1024 }),
    createWriteStream(partial, { mode: 0o600, flags: 'wx' }),
    { signal },
  );
  let failed: { error: unknown } | null = null;
  let giveUp: ((error: unknown) => void) | null = null;
  // A disk that is full ends the writing, and with it whatever is being added.
  written.catch((error: unknown) => {
    failed = { error };
    giveUp?.(error);
  });
  const add = (name: string, bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failed) throw failed.error;
      giveUp = reject;
      const header = { name, size: bytes.byteLength, mode: 0o600, mtime: new Date() };
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const entry = pack.entry(header, body, (error) => (error ? reject(error) : resolve()));
      // Where writing fails in the middle of it, the entry is a stream that fails too: unheard, that ends the process.
      entry.on('error', reject);
    });
  try {
    await fill({ add });
    pack.finalize();
    await written;
    await sync(partial);
    signal.throwIfAborted();
    if (existsSync(file)) throw new StartError(`${file} has appeared meanwhile: choose another name.`);
    await rename(partial, file);
    await sync(dirname(file)).catch(() => undefined);
  } catch (error) {
    pack.destroy();
    await written.catch(() => undefined);
    await rm(partial, { force: true });
    signal.throwIfAborted();
    throw named(error, file);
  }
}

function named(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC') return new StartError(`There is no room left for ${file}. Nothing was kept of it.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new StartError(`${file} can not be written (${code}).`);
  return error;
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives every entry, in order, one at a time. Throws a StartError where the file is no whole archive. */
export async function* readArchive(file: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`);
  const extract = tar.extract();
  const unpacked = pipeline(createReadStream(file), createGunzip({ chunkSize: 256 * 1024 }), extract);
  // The loop below is told by the end of the extraction.
  unpacked.catch(() => undefined);
  try {
    for await (const entry of extract) {
      const { name, size = 0, type } = entry.header;
      if (type !== 'file' || size > ENTRY_MAX_BYTES) throw new StartError(`${file} is no backup of Salotto.`);
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      yield { name, bytes: Buffer.concat(parts) };
    }
    await unpacked;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new StartError(`${file} is damaged or no backup of Salotto (${reason}).`);
  } finally {
    extract.destroy();
    await unpacked.catch(() => undefined);
  }
}
