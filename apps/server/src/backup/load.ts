import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import type { Blobs } from '../blob/blobs.ts';
import { appliedMigrations, applyMigrations, type Migration } from '../db/migrations.ts';
import { StartError } from '../start-error.ts';
import { readArchive } from './archive.ts';
import { MANIFEST, type Manifest, placeOf } from './manifest.ts';
import { advanceSequences, copyIn, listTables, plainText, withoutReferences } from './tables.ts';

/** Throws a StartError unless nothing is in the database. */
export async function requireEmpty(client: pg.ClientBase): Promise<void> {
  const [tables, applied] = [await listTables(client), await appliedMigrations(client)];
  if (tables.length === 0 && applied.length === 0) return;
  throw new StartError('The database is not empty: restore into a new one. Nothing was changed.');
}

/**
 * Fills an empty database, in the transaction that is under way, and puts pictures and files in their places: first the
 * schema that the backup had, then its rows, then what this build's schema has beyond it.
 */
export async function load(options: {
  client: pg.ClientBase;
  file: string;
  manifest: Manifest;
  dataDir: string;
  blobs: Pick<Blobs, 'put'>;
  migrations: readonly Migration[];
  signal: AbortSignal;
}): Promise<void> {
  const { client, file, manifest, dataDir, blobs, migrations, signal } = options;
  await plainText(client);
  const then = new Set(manifest.migrations);
  await applyMigrations(
    client,
    migrations.filter(({ id }) => then.has(id)),
  );
  const there = new Set((await listTables(client)).map(({ name }) => name));
  // What the migrations themselves put into tables is in the backup too.
  for (const name of there) await client.query(`truncate table public."${name}" cascade`);
  const bringBack = await withoutReferences(client);

  const arrived = new Map<string, number>();
  const entries = readArchive(file);
  let entry = await entries.next();
  const next = async () => {
    signal.throwIfAborted();
    entry = await entries.next();
  };
  async function* pieces(table: string): AsyncGenerator<Buffer> {
    while (!entry.done) {
      const place = placeOf(entry.value.name);
      if (place?.kind !== 'table' || place.table !== table) return;
      yield entry.value.bytes;
      await next();
    }
  }
  try {
    while (!entry.done) {
      const { name, bytes } = entry.value;
      const place = name === MANIFEST ? null : placeOf(name);
      if (place?.kind === 'table') {
        const table = manifest.tables.find((known) => known.name === place.table);
        if (!table || !there.has(place.table))
          throw new StartError(`${file} holds the table ${place.table}, which is none of Salotto’s.`);
        arrived.set(table.name, await copyIn(client, table, pieces(place.table)));
        continue;
      }
      if (place?.kind === 'picture') await blobs.put(place.name, bytes);
      if (place?.kind === 'file') await writePrivate(join(dataDir, place.path), bytes);
      await next();
    }
  } finally {
    await entries.return(undefined);
  }
  for (const { name, rows } of manifest.tables) {
    const came = arrived.get(name) ?? 0;
    if (came !== rows) throw new StartError(`${file}: ${came} of ${rows} rows of ${name} arrived.`);
  }
  await client.query('update profile set picture = null where picture = any($1)', [manifest.picturesGone]);
  await bringBack();
  await advanceSequences(client, manifest.tables);
  await applyMigrations(client, migrations);
}

async function writePrivate(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
}
