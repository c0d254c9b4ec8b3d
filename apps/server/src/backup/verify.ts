import { isNewer, type Migration, NewerSchema } from '../db/migrations.ts';
import { StartError } from '../start-error.ts';
import { readArchive, sha256 } from './archive.ts';
import { FORMAT, MANIFEST, Manifest, placeOf } from './manifest.ts';

/** Reads a whole backup and compares every checksum. Throws a StartError with a sentence unless all of it is there. */
export async function verifyBackup(file: string, own: readonly Migration[]): Promise<Manifest> {
  const found = new Map<string, { size: number; sha256: string }>();
  let text = '';
  for await (const { name, bytes } of readArchive(file)) {
    if (text !== '' || found.has(name)) throw new StartError(`${file} is no backup of Salotto.`);
    if (name === MANIFEST) text = bytes.toString('utf8');
    else found.set(name, { size: bytes.byteLength, sha256: sha256(bytes) });
  }
  if (text === '') throw new StartError(`${file} is not whole: the backup was broken off, or it is none of Salotto.`);
  const manifest = parse(file, text);
  if (isNewer(manifest.migrations, own)) {
    throw new NewerSchema(
      `${file} was made by a newer Salotto (${manifest.version}): restore it with that one or a later one.`,
    );
  }
  for (const { name, size, sha256 } of manifest.entries) {
    const entry = found.get(name);
    if (!placeOf(name) || entry?.size !== size || entry.sha256 !== sha256) {
      throw new StartError(`${file} is damaged: ${name} is not what was written.`);
    }
    found.delete(name);
  }
  if (found.size > 0) throw new StartError(`${file} holds more than was written into it.`);
  return manifest;
}

function parse(file: string, text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StartError(`${file} is damaged: its manifest can not be read.`);
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? Number(value.format) : 0;
  if (format > FORMAT)
    throw new StartError(`${file} has a newer format (${format}) than this Salotto reads (${FORMAT}).`);
  const parsed = Manifest.safeParse(value);
  if (!parsed.success) throw new StartError(`${file} is damaged: its manifest is not one.`);
  return parsed.data;
}
