import type pg from 'pg';
import type { Blobs } from '../blob/blobs.ts';
import { openLoneClient } from '../db/lone-client.ts';
import { appliedMigrations } from '../db/migrations.ts';
import { StartError } from '../start-error.ts';
import { sha256, writeArchive } from './archive.ts';
import { dataFiles } from './data-files.ts';
import { FORMAT, fileEntry, MANIFEST, type Manifest, pictureEntry, placeOf, tableEntry } from './manifest.ts';
import { copyOut, listTables, plainText } from './tables.ts';

/**
 * Writes database, pictures and keys into one file, as they are at one moment, while the server may go on: the database
 * is one snapshot, pictures never change, keys are made once. Throws a StartError with a sentence; then no file is left.
 */
export async function backUp(options: {
  connectionString: string;
  dataDir: string;
  blobs: Pick<Blobs, 'get'>;
  file: string;
  /** The build that writes. */
  version: string;
  signal: AbortSignal;
}): Promise<Manifest> {
  const { connectionString, dataDir, blobs, file, version, signal } = options;
  const { client, close, abandon } = await openLoneClient(connectionString);
  try {
    await plainText(client);
    await client.query('begin isolation level repeatable read read only');
    const migrations = await appliedMigrations(client);
    if (migrations.length === 0) throw new StartError('The database is empty: there is nothing to back up yet.');
    const manifest: Manifest = {
      ...{ format: FORMAT, version, migrations, takenAt: Date.now() },
      ...{ tables: [], picturesGone: [], entries: [] },
    };
    await writeArchive({
      ...{ file, signal },
      async fill(archive) {
        const add = async (name: string, bytes: Uint8Array) => {
          if (!placeOf(name)) throw new StartError(`${name} can not be backed up: its name is unusual.`);
          await archive.add(name, bytes);
          manifest.entries.push({ name, size: bytes.byteLength, sha256: sha256(bytes) });
        };
        for (const name of await pictureNames(client)) {
          const bytes = await blobs.get(name);
          if (bytes) await add(pictureEntry(name), bytes);
          else manifest.picturesGone.push(name);
        }
        for await (const { path, bytes } of dataFiles(dataDir)) await add(fileEntry(path), bytes);
        for (const table of await listTables(client)) {
          let piece = 0;
          const rows = await copyOut(client, table, (bytes) => add(tableEntry(table.name, piece++), bytes));
          manifest.tables.push({ ...table, rows });
        }
        await archive.add(MANIFEST, Buffer.from(JSON.stringify(manifest)));
      },
    });
    await close();
    return manifest;
  } catch (error) {
    abandon();
    throw error;
  }
}

async function pictureNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ picture: string }>(
    'select picture from profile where picture is not null order by picture',
  );
  return rows.map(({ picture }) => picture);
}
